"""Which refusals of the gate does a person's decision lift? A waived blocker stays visible, as a warning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tipcycle.model.rule_waiver import RuleWaiver
from tipcycle.model.submission import SubmissionFinding

WAIVABLE = ("statistic.", "item.", "demarche.")


def may_be_waived(code: str) -> bool:
    """Only what a rule says of figures and answers; never whose file it is, or what cannot be read."""
    return code.startswith(WAIVABLE) and code not in ("item.unknown", "item.twice", "statistic.twice")


def with_waivers(
    findings: Sequence[SubmissionFinding], waivers: Sequence[RuleWaiver], *, on: date
) -> tuple[SubmissionFinding, ...]:
    """The findings, with each blocker whose code is waived on that day turned into a warning that says by whom."""
    by_code = {one.code: one for one in waivers if on <= one.until_on and may_be_waived(one.code)}
    return tuple(
        replace(one, severity="warning", message=f"{one.message} It is taken: {by_code[one.code].told}.")
        if one.severity == "blocker" and one.code in by_code
        else one
        for one in findings
    )
