"""Does the cable of a request pass our own check? What `tipcycle cable check` would find, on the day of the cable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tipcycle.cables.check_cable import check_cable
from tipcycle.config.known_cables import known_of
from tipcycle.model.cable import CableFinding
from tipcycle.operations.context import Context


@dataclass(frozen=True)
class LintedRequest:
    """Lines for a person; a cable with `errors` neither is cleared nor goes out."""

    errors: tuple[str, ...]
    warnings: tuple[str, ...]


def lint_request(text: str, cycle: Context, *, on: date) -> LintedRequest:
    """Hold the cable against every rule; `on` is its day in Washington."""
    findings = check_cable(text, known_of(cycle.config, on=on)).findings
    errors = tuple(_told(one) for one in findings if one.severity == "error")
    return LintedRequest(errors, tuple(_told(one) for one in findings if one.severity != "error"))


def _told(finding: CableFinding) -> str:
    para = f"para {finding.paragraph}, " if finding.paragraph else ""
    where = f"{para}line {finding.line}: " if finding.line else ""
    return f"{where}{finding.message} {finding.remedy} [{finding.code}]"
