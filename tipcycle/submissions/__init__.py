"""May this answer be taken? One file a rule; `RULES` is the index, and each finding says how to mend it."""

from tipcycle.submissions.demarche_names_positions import demarche_names_positions
from tipcycle.submissions.demarche_was_made import demarche_was_made
from tipcycle.submissions.effort_has_government_role import effort_has_government_role
from tipcycle.submissions.items_are_answered import items_are_answered
from tipcycle.submissions.items_are_known import items_are_known
from tipcycle.submissions.nil_is_attested import nil_is_attested
from tipcycle.submissions.rule import Facts, Rule
from tipcycle.submissions.statistic_has_basis import statistic_has_basis
from tipcycle.submissions.statistic_is_of_four_categories import statistic_is_of_four_categories
from tipcycle.submissions.statistic_status_fits import statistic_status_fits
from tipcycle.submissions.statistic_subsets_fit import statistic_subsets_fit

RULES: tuple[Rule, ...] = (
    nil_is_attested,
    demarche_names_positions,
    demarche_was_made,
    items_are_known,
    items_are_answered,
    effort_has_government_role,
    statistic_is_of_four_categories,
    statistic_has_basis,
    statistic_subsets_fit,
    statistic_status_fits,
)

__all__ = ["RULES", "Facts", "Rule"]
