"""Does the law, and the Department's practice, allow this placement as it is given? Every reason against it at once.

Source: 22 U.S.C. 7107(b)(1), (b)(1)(H), (b)(2)(D) and (F); GAO-17-56 (changes of tier without a clear explanation).
A finding of severity `error` refuses; a warning is told and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.model.placement import Tier, tier_name
from tipcycle.model.post import Territory
from tipcycle.rules.placement_in_force import History
from tipcycle.rules.tier_change_explanation import tier_change_explanation
from tipcycle.rules.two_year_limit import Run, entered_as_territory, not_binding, run_before, two_year_limit
from tipcycle.rules.waiver import ELEMENTS, judge_waiver, waiver_room
from tipcycle.rules.watch_list_after_downgrade import watch_list_after_downgrade

RULE = "placement_is_allowed"


@dataclass(frozen=True)
class Proposed:
    """A placement as it is given; `waiver` holds the evidence by element, empty where the limit is not waived."""

    tier: Tier
    rationale: str
    explanation: str = ""
    standards: Collection[str] = ()
    waiver: Mapping[str, str] = field(default_factory=dict)


def judge_placement(
    proposed: Proposed,
    history: History,
    iso3: str,
    law: Law,
    *,
    report_year: int,
    territories: Iterable[Territory],
    on: date,
) -> tuple[Finding, ...]:
    """Everything that is to be said of placing the country so in that Report on the day `on`, refusals first."""
    run = run_before(history, iso3, law, report_year=report_year)
    territory = entered_as_territory(iso3, territories, report_year=report_year)
    findings = [
        tier_is_known(proposed.tier, law, report_year=report_year),
        rationale_is_given(proposed.rationale, law, report_year=report_year),
        standards_are_known(proposed.standards, law, report_year=report_year),
        change_is_explained(proposed, history, iso3, law, report_year=report_year),
        limit_is_kept(proposed, run, law, on=on, territory=territory),
    ]
    if proposed.tier == "2WL":
        findings.append(watch_list_after_downgrade(history, iso3, law, report_year=report_year))
    told = [one for one in findings if one.severity != "info"]
    return tuple(sorted(told, key=lambda one: one.severity != "error"))


def tier_is_known(tier: Tier, law: Law, *, report_year: int) -> Finding:
    """Whether that Report has such a tier: `known` or `no_such_tier`; any Report may leave a country out."""
    names = law.tier_names.for_report(report_year)
    if names is None:
        return not_in_force(RULE, law.tier_names, report_year)
    inputs = {"report_year": report_year, "tier": tier}
    if tier == "none":
        because = f"The {report_year} Report does not place it."
        return found(RULE, "known", because, by=(names,), inputs=inputs)
    if tier not in names.value:
        because = f"The {report_year} Report has no {tier_name(tier)}."
        return found(RULE, "no_such_tier", because, by=(names,), inputs=inputs, severity="error")
    return found(RULE, "known", f"The {report_year} Report has {tier_name(tier)}.", by=(names,), inputs=inputs)


def rationale_is_given(rationale: str, law: Law, *, report_year: int) -> Finding:
    """Whether a reason stands with the tier: `given` or `missing`."""
    standards = law.minimum_standards.for_report(report_year)
    if standards is None:
        return not_in_force(RULE, law.minimum_standards, report_year)
    inputs = {"report_year": report_year, "words": len(rationale.split())}
    if not rationale.strip():
        because = "A tier is placed for a reason; give the rationale."
        return found(RULE, "missing", because, by=(standards,), inputs=inputs, severity="error")
    return found(RULE, "given", "A rationale is given.", by=(standards,), inputs=inputs)


def standards_are_known(standards: Collection[str], law: Law, *, report_year: int) -> Finding:
    """Whether each number is a minimum standard of that Report, or an indicium of the fourth (`4.3`)."""
    known = law.minimum_standards.for_report(report_year)
    indicia = law.indicia.for_report(report_year)
    if known is None or indicia is None:
        return not_in_force(RULE, law.minimum_standards, report_year)
    numbers = [*known.value, *(f"4.{number}" for number in indicia.value)]
    unknown = [one for one in standards if one not in numbers]
    inputs = {"report_year": report_year, "standards": list(standards), "unknown": unknown}
    by = (known, indicia)
    if unknown:
        because = (
            f"{', '.join(unknown)}: no minimum standard of the {report_year} Report; it has {', '.join(known.value)}, "
            f"and 4.1 to 4.{len(indicia.value)} for the indicia of the fourth."
        )
        return found(RULE, "unknown_standard", because, by=by, inputs=inputs, severity="error")
    return found(RULE, "known", "Every standard named is one of that Report.", by=by, inputs=inputs)


def change_is_explained(proposed: Proposed, history: History, iso3: str, law: Law, *, report_year: int) -> Finding:
    """Whether a change of tier is explained: `not_required`, `explained`, `missing` naming what is, or `unknown`.

    Where the law of that Report asks for the link to the minimum standards it is asked for; before that law the
    Department explains each change too, and an indicium links to the standard that it belongs to.
    """
    before = history.tiers(iso3).get(report_year - 1)
    finding = tier_change_explanation(
        before,
        proposed.tier,
        law,
        report_year=report_year,
        before_known=history.knows(iso3, report_year - 1),
        explanation=proposed.explanation,
        standards={one.partition(".")[0] for one in proposed.standards},
    )
    if (
        before in (None, proposed.tier)
        or proposed.tier == "none"
        or proposed.explanation.strip()
        or finding.severity == "error"
    ):
        return finding
    return _unexplained(before, proposed.tier, law, report_year=report_year)


def _unexplained(before: Tier, now: Tier, law: Law, *, report_year: int) -> Finding:
    because = f"It moves from {tier_name(before)} to {tier_name(now)}: say in the explanation why."
    inputs = {"report_year": report_year, "before": before, "now": now}
    by = (law.tier_names.values[0],)
    missing = found("tier_change_explanation", "missing", because, by=by, inputs=inputs, severity="error")
    return replace(missing, source="practice of the Department; GAO-17-56")


def limit_is_kept(proposed: Proposed, run: Run, law: Law, *, on: date, territory: bool) -> Finding:
    """Whether the two-year limit, and its waiver where one is given, allow the tier on the day `on`.

    The waiver's own finding where one is given and may be; `unknown` is a warning: a person knows what our file
    does not. A country on no list is beyond the limit, and says why; one that is not placed asks nothing of the limit.
    """
    limit = two_year_limit(run, law)
    if territory:
        limit = not_binding(limit)
    bites = limit.outcome == "must_be_tier_3"
    if proposed.waiver:
        return _waiver(proposed, limit, run, law, on=on)
    if proposed.tier == "2WL" and bites:
        or_waive = "" if waiver_room(run, law).exhausted else ", or give a waiver with every element"
        because = f"{limit.because} Place it on Tier 3 or move it up{or_waive}."
        return replace(limit, because=because, severity="error")
    if proposed.tier == "special" and bites and not proposed.explanation.strip():
        because = f"{limit.because} To place it on no list instead, say in the explanation why."
        return replace(limit, because=because, severity="error")
    if proposed.tier == "2WL" and limit.outcome == "unknown":
        return limit
    return replace(limit, severity="info")


def _waiver(proposed: Proposed, limit: Finding, run: Run, law: Law, *, on: date) -> Finding:
    if proposed.tier != "2WL":
        other = "a country that is not placed" if proposed.tier == "none" else tier_name(proposed.tier)
        because = f"A waiver keeps a country on Tier 2 Watch List; for {other} leave it out."
        return replace(limit, rule=ELEMENTS, outcome="not_needed", because=because, severity="error")
    if limit.outcome not in ("must_be_tier_3", "unknown"):
        because = f"There is nothing to waive; leave the waiver out. {limit.because}"
        return replace(limit, rule=ELEMENTS, outcome="not_needed", because=because, severity="error")
    judged = judge_waiver(proposed.waiver, room=waiver_room(run, law), law=law, on=on)
    unknown = judged.inputs.get("unknown")
    if unknown:
        elements = law.waiver_elements.on(on)
        known = ", ".join(elements.value) if elements else ""
        because = f"{', '.join(unknown)}: no element of a waiver; they are {known}."
        return replace(judged, outcome="refused", because=because, severity="error")
    return judged
