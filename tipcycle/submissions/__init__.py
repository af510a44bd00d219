"""May this answer be taken? One file a rule; `RULES` is the index, and each finding says how to mend it."""

from tipcycle.submissions.demarche_names_positions import demarche_names_positions
from tipcycle.submissions.demarche_was_made import demarche_was_made
from tipcycle.submissions.effort_has_government_role import effort_has_government_role
from tipcycle.submissions.items_are_answered import items_are_answered
from tipcycle.submissions.items_are_known import items_are_known
from tipcycle.submissions.items_are_supported import items_are_supported
from tipcycle.submissions.items_have_dates_that_fit import items_have_dates_that_fit
from tipcycle.submissions.nil_is_attested import nil_is_attested
from tipcycle.submissions.plan_is_current import plan_is_current
from tipcycle.submissions.rule import Facts, Rule
from tipcycle.submissions.standards_are_answered import standards_are_answered
from tipcycle.submissions.standards_are_asked import standards_are_asked
from tipcycle.submissions.standards_are_known import standards_are_known
from tipcycle.submissions.standards_are_supported import standards_are_supported
from tipcycle.submissions.standards_stand_once import standards_stand_once
from tipcycle.submissions.statistic_comparison_is_explained import statistic_comparison_is_explained
from tipcycle.submissions.statistic_convictions_follow_prosecutions import statistic_convictions_follow_prosecutions
from tipcycle.submissions.statistic_does_not_jump import statistic_does_not_jump
from tipcycle.submissions.statistic_has_basis import statistic_has_basis
from tipcycle.submissions.statistic_has_source import statistic_has_source
from tipcycle.submissions.statistic_host_term_is_interpreted import statistic_host_term_is_interpreted
from tipcycle.submissions.statistic_is_of_four_categories import statistic_is_of_four_categories
from tipcycle.submissions.statistic_is_of_trafficking import statistic_is_of_trafficking
from tipcycle.submissions.statistic_period_fits import statistic_period_fits
from tipcycle.submissions.statistic_round_number_repeats import statistic_round_number_repeats
from tipcycle.submissions.statistic_sentences_fit import statistic_sentences_fit
from tipcycle.submissions.statistic_stands_once import statistic_stands_once
from tipcycle.submissions.statistic_status_fits import statistic_status_fits
from tipcycle.submissions.statistic_subsets_fit import statistic_subsets_fit
from tipcycle.submissions.statistics_are_given import statistics_are_given

RULES: tuple[Rule, ...] = (
    nil_is_attested,
    plan_is_current,
    demarche_names_positions,
    demarche_was_made,
    items_are_known,
    items_are_answered,
    items_are_supported,
    items_have_dates_that_fit,
    effort_has_government_role,
    standards_are_asked,
    standards_are_known,
    standards_stand_once,
    standards_are_answered,
    standards_are_supported,
    statistics_are_given,
    statistic_is_of_four_categories,
    statistic_is_of_trafficking,
    statistic_host_term_is_interpreted,
    statistic_status_fits,
    statistic_has_basis,
    statistic_subsets_fit,
    statistic_sentences_fit,
    statistic_period_fits,
    statistic_stands_once,
    statistic_has_source,
    statistic_comparison_is_explained,
    statistic_convictions_follow_prosecutions,
    statistic_does_not_jump,
    statistic_round_number_repeats,
)

__all__ = ["RULES", "Facts", "Rule"]
