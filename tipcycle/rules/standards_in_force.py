"""Which minimum standards and indicia is a government measured by in one Report? Source: 22 U.S.C. 7106(a) and (b)."""

from __future__ import annotations

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law

RULE = "standards_in_force"
_LAST = "4"  # the standard that the indicia are about


def asked_standards(law: Law, *, report_year: int) -> dict[str, str]:
    """What that Report asks of a government, in our words, by number: `1` to `4`, then the indicia as `4.1` and on."""
    standards = law.minimum_standards.for_report(report_year)
    indicia = law.indicia.for_report(report_year)
    if standards is None or indicia is None:
        return {}
    return dict(standards.value) | {f"{_LAST}.{number}": text for number, text in indicia.value.items()}


def standards_in_force(law: Law, *, report_year: int) -> Finding:
    """How many standards and indicia that Report has, with their numbers and texts as inputs."""
    standards = law.minimum_standards.for_report(report_year)
    indicia = law.indicia.for_report(report_year)
    scope = law.standards_apply_to.for_report(report_year)
    if standards is None or indicia is None or scope is None:
        return not_in_force(RULE, law.minimum_standards, report_year)
    because = (
        f"The {report_year} Report measures {scope.value} by {len(standards.value)} minimum standards, the last of "
        f"them by {len(indicia.value)} indicia."
    )
    inputs = {
        "report_year": report_year,
        "standards": dict(standards.value),
        "indicia": dict(indicia.value),
        "applies_to": scope.value,
    }
    outcome = f"{len(standards.value)} standards, {len(indicia.value)} indicia"
    return found(RULE, outcome, because, by=(standards, indicia, scope), inputs=inputs)
