"""The law's rules, one file a provision, pure: values in, findings out; each cites its section.

`RULES` is the index of what returns a finding; `coverage.py` says which provision each holds, and which none does.
"""

from collections.abc import Callable

from tipcycle.model.finding import Finding
from tipcycle.rules.action_plan_duty import action_plan_duty
from tipcycle.rules.data_provision import data_provision
from tipcycle.rules.host_government_role import host_government_role
from tipcycle.rules.no_tier_change_at_interim import no_tier_change_at_interim
from tipcycle.rules.placement_is_allowed import (
    change_is_explained,
    limit_is_kept,
    rationale_is_given,
    standards_are_known,
    tier_is_known,
)
from tipcycle.rules.standards_in_force import standards_in_force
from tipcycle.rules.statutory_due_days import (
    determination_days,
    interim_due_day,
    report_due_day,
    special_watch_list_days,
)
from tipcycle.rules.tier_change_explanation import tier_change_explanation
from tipcycle.rules.two_year_limit import two_year_limit
from tipcycle.rules.waiver import judge_waiver, waiver_asks, waiver_decider, waiver_finding
from tipcycle.rules.waiver_publication import waiver_publication, waiver_publication_day
from tipcycle.rules.watch_list_after_downgrade import watch_list_after_downgrade
from tipcycle.rules.watch_list_grounds import watch_list_grounds

RULES: tuple[Callable[..., Finding], ...] = (
    two_year_limit,
    waiver_finding,
    waiver_decider,
    waiver_asks,
    judge_waiver,
    waiver_publication_day,
    waiver_publication,
    watch_list_after_downgrade,
    watch_list_grounds,
    tier_change_explanation,
    action_plan_duty,
    report_due_day,
    interim_due_day,
    no_tier_change_at_interim,
    special_watch_list_days,
    determination_days,
    standards_in_force,
    data_provision,
    host_government_role,
    tier_is_known,
    rationale_is_given,
    standards_are_known,
    change_is_explained,
    limit_is_kept,
)

__all__ = ["RULES"]
