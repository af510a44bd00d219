"""What does a rule of the law say of a case, why, and where is that written?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tipcycle.model.parameter import DatedValue, Parameter


@dataclass(frozen=True)
class Finding:
    """One rule's answer: `because` is a plain sentence, `inputs` what it was worked out from (JSON values).

    `law_version` is the day since which the youngest value used is in force, or `before DAY` where the rule is not
    in force yet. `verified` is False where it leans on a value whose text was not read in a source.
    `undated` says the same without days that hang on the day of the Report, for a text that is written before it.
    """

    rule: str
    outcome: str
    because: str
    inputs: Mapping[str, Any]
    source: str
    law_version: str
    severity: Literal["info", "warning", "error"] = "info"
    verified: bool = True
    undated: str = ""


def found(
    rule: str,
    outcome: str,
    because: str,
    *,
    by: Sequence[DatedValue[Any]],
    inputs: Mapping[str, Any],
    severity: Literal["info", "warning", "error"] = "info",
    undated: str = "",
) -> Finding:
    """A finding that leans on the dated values `by` (at least one)."""
    return Finding(
        rule=rule,
        outcome=outcome,
        because=because,
        inputs=inputs,
        source=references(value.reference for value in by),
        law_version=max(value.start for value in by).isoformat(),
        severity=severity,
        verified=all(value.verified for value in by),
        undated=undated,
    )


def references(sources: Iterable[str]) -> str:
    """Each reference once; one that another spells out further (`X` beside `X, "after a day"`) is left out."""
    each = dict.fromkeys(one for source in sources for one in source.split("; "))
    return "; ".join(one for one in each if not any(other.startswith((f"{one}, ", f"{one} and ")) for other in each))


def not_in_force(rule: str, parameter: Parameter[Any], report_year: int) -> Finding:
    """The finding of a rule that the law of that Report does not have yet."""
    first = parameter.values[0]
    return Finding(
        rule=rule,
        outcome="not_in_force",
        because=f"The law of the {report_year} Report does not have this rule; it is in force since {first.start}.",
        inputs={"report_year": report_year},
        source=first.reference,
        law_version=f"before {first.start}",
        verified=first.verified,
    )
