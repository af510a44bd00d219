"""May the two-year limit be waived, by whom, for how long, and is every element of the waiver shown?

Source: 22 U.S.C. 7107(b)(2)(D)(ii); delegation of September 20, 2010.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tipcycle.model.finding import Finding, found, not_in_force
from tipcycle.model.law import Law
from tipcycle.rules.two_year_limit import Run

ROOM = "waiver_room"
ELEMENTS = "waiver_elements"


@dataclass(frozen=True)
class Room:
    """Waived Reports that the law of that Report allows in all, those used before it, and whether none is left.

    `used` and `exhausted` are None where the run is unknown.
    """

    allowed: int
    used: int | None
    exhausted: bool | None


def waiver_room(run: Run, law: Law) -> Room:
    """How much waiver is left for the Report after `run`: each watch-list Report beyond the limit used one.

    Reading: a country that stayed on the list beyond the limit stayed by waiver; there is no other way.
    """
    limit = law.two_year_limit.for_report(run.report_year)
    length = law.waiver_length.for_report(run.report_year)
    if limit is None or length is None:
        return Room(0, 0, None)
    if run.counted is None:
        return Room(length.value, None, None)
    used = max(0, run.counted - limit.value)
    return Room(length.value, used, used >= length.value)


def waiver_finding(run: Run, law: Law) -> Finding:
    """Whether the Report after `run` may waive the limit: `available`, `exhausted`, `not_needed` or `unknown`."""
    limit = law.two_year_limit.for_report(run.report_year)
    length = law.waiver_length.for_report(run.report_year)
    if limit is None or length is None:
        return not_in_force(ROOM, law.waiver_length, run.report_year)
    room = waiver_room(run, law)
    inputs = {
        "report_year": run.report_year,
        "waiver_allowed": room.allowed,
        "waiver_used_before": room.used,
        "exhausted": room.exhausted,
    }
    if run.most < limit.value:
        because = f"The {run.report_year} Report needs no waiver: the limit does not hold for it."
        return found(ROOM, "not_needed", because, by=(length,), inputs=inputs)
    if room.used is None:
        because = f"{_reports(room.allowed)} may be waived in all; how many were is not known."
        return found(ROOM, "unknown", because, by=(length,), inputs=inputs, severity="warning")
    told = f"Under the law of the {run.report_year} Report {_reports(room.allowed)} may be waived in all"
    if room.exhausted:
        because = f"{told}, and {room.used} were: no waiver is left."
        return found(ROOM, "exhausted", because, by=(length,), inputs=inputs, severity="warning")
    because = (
        f"{told}, and {room.used or 'none'} {'was' if room.used == 1 else 'were'}: {room.allowed - room.used} left."
    )
    return found(ROOM, "available", because, by=(length,), inputs=inputs)


def _reports(count: int) -> str:
    return "1 Report" if count == 1 else f"{count or 'no'} Reports"


def judge_waiver(evidence: Mapping[str, str], *, room: Room, law: Law, on: date) -> Finding:
    """Whether a waiver decided on the day `on` holds: `complete`, or `refused` naming what is missing.

    `evidence` holds the credible evidence by element; an empty text is no evidence.
    """
    elements = law.waiver_elements.on(on)
    decider = law.waiver_decided_by.on(on)
    if elements is None or decider is None:
        return not_in_force(ELEMENTS, law.waiver_elements, on.year)
    missing = [name for name in elements.value if not evidence.get(name, "").strip()]
    unknown = sorted(evidence.keys() - elements.value.keys())
    inputs = {"on": on.isoformat(), "decided_by": decider.value, "missing": missing, "unknown": unknown}
    by = (elements, decider)
    if room.exhausted:
        because = f"No waiver is left: {room.used} of {room.allowed} were used."
        return found(ELEMENTS, "refused", because, by=by, inputs=inputs, severity="error")
    if missing:
        told = "; ".join(elements.value[name] for name in missing)
        because = f"A waiver needs evidence of every element; missing: {told}."
        return found(ELEMENTS, "refused", because, by=by, inputs=inputs, severity="error")
    because = f"Every element is shown; {decider.value} may waive."
    return found(ELEMENTS, "complete", because, by=by, inputs=inputs)


def waiver_asks(run: Run, law: Law, *, on: date) -> Finding:
    """What a waiver decided on the day `on` asks for, element by element, and what is left after it: `needed`."""
    elements = law.waiver_elements.on(on)
    length = law.waiver_length.for_report(run.report_year)
    if elements is None or length is None:
        return not_in_force(ELEMENTS, law.waiver_elements, on.year)
    room = waiver_room(run, law)
    left = None if room.used is None else max(0, room.allowed - room.used - 1)
    after = "what is left after it is not known" if left is None else f"after it {_reports(left)} may still be waived"
    because = (
        f"A waiver needs credible evidence of every element: {'; '.join(elements.value.values())}. Of "
        f"{_reports(room.allowed)} in all, {after}."
    )
    inputs = {"on": on.isoformat(), "elements": dict(elements.value), "left_after": left}
    return found(ELEMENTS, "needed", because, by=(elements, length), inputs=inputs)


def waiver_decider(law: Law, *, on: date) -> Finding:
    """Who may waive the limit on the day `on`."""
    decider = law.waiver_decided_by.on(on)
    if decider is None:
        return not_in_force("waiver_decider", law.waiver_decided_by, on.year)
    because = f"On {on} {decider.value} may waive the limit."
    undated = f"{decider.value[:1].upper()}{decider.value[1:]} may waive the limit."
    return found(
        "waiver_decider", decider.value, because, by=(decider,), inputs={"on": on.isoformat()}, undated=undated
    )
