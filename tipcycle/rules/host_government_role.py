"""Does work by NGOs, international organizations or posts count for the government?

Source: 09 STATE 97909 para 7: only with a concrete role of the host government, or the tangible value it added.
"""

from __future__ import annotations

from typing import Literal

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law

RULE = "host_government_role"
_FEWEST_WORDS = 3  # less than this says that there was a role, not which


def host_government_role(by: Literal["government", "other"], role: str, law: Law, *, report_year: int) -> Finding:
    """Whether work done `by` government or others counts: `counts` or `does_not_count`; `role` is the text given."""
    words = len(role.split())
    needed = law.host_government_role.for_report(report_year)
    if needed is None:
        return not_in_force(RULE, law.host_government_role, report_year)
    inputs = {"report_year": report_year, "by": by, "role_words": words}
    if by == "government":
        return found(RULE, "counts", "The government did it itself.", by=(needed,), inputs=inputs)
    if words < _FEWEST_WORDS:
        because = f"Others did it, and it counts only where {needed.value}: no such role is described."
        return found(RULE, "does_not_count", because, by=(needed,), inputs=inputs, severity="warning")
    because = "Others did it, and the government's own role in it is described."
    return found(RULE, "counts", because, by=(needed,), inputs=inputs)
