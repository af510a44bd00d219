"""What waits for a person, and which form answers it? Holds, messages, answers, documents, splits, placements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tipcycle.model.choice import labelled
from tipcycle.model.counted import counted_of
from tipcycle.model.moment import day
from tipcycle.operations.context import Context
from tipcycle.operations.tier_state import standings_in
from tipcycle.store import Store

_NOUNS = {
    "action-request": "action request{}",
    "interim-chapter": "chapter{} of the interim assessment",
    "full-chapter": "chapter{} of the full assessment",
}


@dataclass(frozen=True)
class Waiting:
    """One line: `what` waits for `who`; `form` is the deployment that answers it, `given` what is known of its answer.

    Nothing that decides is in `given`. `command` answers it where there is no form.
    """

    what: str
    who: str
    form: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    command: str = ""


def read_waiting(
    store: Store, cycle: Context, *, status: Mapping[str, Any], clearances: Mapping[str, Any]
) -> list[Waiting]:
    """Every line, in the order in which a coordinator looks at them; from what `read_status` and the others told."""
    found = [*_holds(status), *_messages(status), *_answers(cycle, status), *_documents(cycle, clearances)]
    found += _tiers(store, cycle)
    year = cycle.config.report_year
    if status["list_to_correct"]:
        known, command = {"report_year": year}, "tipcycle correct-list"
        found.append(Waiting(status["list_to_correct"], "gtip.director", "correct-list", known, command))
    done = any(one["step"] == "report-release" and one["actual_at"] for one in status["steps"])
    if done and store.cycles.get(year).closed_at is None:
        found.append(Waiting("the cycle can be closed", "gtip.director", "close-cycle", {"report_year": year}))
    return found


def _holds(status: Mapping[str, Any]) -> Iterator[Waiting]:
    """Each hold ends on its day by itself; whoever set it looks whether it may end before."""
    for one in status["held"]["holds"]:
        whom = "anybody" if one["whom"] == "everything" else one["whom"]
        until = day(date.fromisoformat(one["until_on"]))
        what = f"hold {one['number']}: nothing is sent to {whom} until the end of {until}"
        yield Waiting(what, one["approver"], "lift-hold", {"number": one["number"]})


def _messages(status: Mapping[str, Any]) -> Iterator[Waiting]:
    for state in ("unknown", "refused"):
        for one in status[f"{state}_messages"]:
            if state == "unknown" or ":action-request:" in one["message"] or ":reporting-instr" in one["message"]:
                what = f"{one['message']}: its outcome is {state}"
                command = f"tipcycle settle {one['message']}"
                given = {"message": one["message"], "position": "gtip.action-officer"}
                yield Waiting(what, "gtip.action-officer", "settle-unknown", given, command)
    for position in sorted({one["post"] for one in status["alarms"] if one["told"] is None}):
        yield Waiting(f"{position}: nobody has a working address", "gtip.action-officer", "change-contact")
    refused = Counter(one["channel"] for one in status["refused_addresses"])
    for channel, count in sorted(refused.items()):
        what = counted_of(count, f"refused {channel} address", f"refused {channel} addresses")
        yield Waiting(what, "gtip.action-officer", "change-contact", {"channel": channel}, "tipcycle address clear")


def _answers(cycle: Context, status: Mapping[str, Any]) -> Iterator[Waiting]:
    year = cycle.config.report_year
    for one in status["wrong_offices"]:
        what = f"{one['obligation']}: {one['position']} says that it is the wrong office"
        command = f"tipcycle settle {one['answer']} --as seen-to"
        yield Waiting(what, "gtip.action-officer", "change-contact", {"position": one["position"]}, command)
    for one in status["extensions_asked"]:
        _, _, step, iso3 = one["obligation"].split(":")
        given = {"step": step, "country": _shown(cycle, iso3), "to": one["to"], "reason_class": "post asked"}
        what = f"{one['position']} asks for {step} {iso3} until {one['to']}"
        yield Waiting(what, "gtip.director", "change-deadline", {"report_year": year, "preview": True} | given)


def _documents(cycle: Context, clearances: Mapping[str, Any]) -> Iterator[Waiting]:
    year = cycle.config.report_year
    waits = Counter((one["kind"], turn["position"]) for one in clearances["documents"] for turn in one["waits_for"])
    for (kind, position), count in sorted(waits.items()):
        what = f"{count} {_NOUNS[kind].format('s' if count > 1 else '')}" if kind in _NOUNS else f"the {kind}"
        given = {"report_year": year, "document": kind, "position": position, "preview": True}
        yield Waiting(f"{what} to clear", position, "clear-document", given)
    for one in clearances["assessments"]:
        if one["cleared"] == one["documents"] and not one["released"]:
            until = f", held until {one['held_until']}" if one["held_until"] else ""
            given = {"report_year": year, "document": one["document"], "preview": True}
            yield Waiting(f"the {one['document']} is cleared{until}", "gtip.director", "release-document", given)


def _tiers(store: Store, cycle: Context) -> Iterator[Waiting]:
    year = cycle.config.report_year
    placed = store.tiers.placements(year)
    agreed = 0
    missing: Counter[str] = Counter()
    for iso3, standing in standings_in(store, cycle).items():
        if standing.standing == "split" and standing.level:
            given = {"report_year": year, "country": _shown(cycle, iso3), "position": standing.level.holder}
            what = f"split over {cycle.config.countries[iso3].name}"
            yield Waiting(what, standing.level.holder, "settle-split", given)
        elif standing.standing in ("agreed", "settled"):
            agreed += iso3 not in placed
        elif standing.office or standing.bureau:
            bureau = cycle.config.post_for(iso3).bureau or ""
            missing["gtip.director" if standing.office is None else f"{bureau.lower()}.bureau"] += 1
    for position, count in sorted(missing.items()):
        given = {"report_year": year, "position": position}
        what = f"{counted_of(count, 'country', 'countries')} that the other side recommended"
        yield Waiting(what, position, "record-recommendation", given)
    if agreed:
        given = {"report_year": year, "as_recommended": True, "preview": True}
        what = f"{counted_of(agreed, 'country', 'countries')} agreed upon and not placed"
        yield Waiting(what, "g.principal", "record-placement", given)


def _shown(cycle: Context, iso3: str) -> str:
    """As the drop-down has it."""
    return labelled(cycle.config.countries[iso3].name, iso3)
