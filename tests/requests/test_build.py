"""What a request says as a value: what a part has no field for cannot get into it."""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.builders import action_request, config, listed
from tipcycle.model import action_request as model
from tipcycle.model.action_request import AskedItem, NonPaper, TalkingPoints
from tipcycle.rendering.request_cable import render_request_cable
from tipcycle.settings import ROOT


def fields_below(kind: type) -> dict[str, object]:
    """Every field that is reached from `kind`, by its path."""
    found: dict[str, object] = {}
    hints = typing.get_type_hints(kind, vars(model))
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        found[field.name] = hint
        for inner in (hint, *typing.get_args(hint)):
            if dataclasses.is_dataclass(inner) and isinstance(inner, type):
                found |= {f"{field.name}.{name}": one for name, one in fields_below(inner).items()}
    return found


@pytest.mark.parametrize("kind", [NonPaper, TalkingPoints])
def test_what_the_government_is_told_has_no_field_that_could_hold_a_note(kind: type) -> None:
    fields = fields_below(kind)

    assert "about.country" in fields
    assert "high_priority.text" in fields
    assert [name for name in fields if "note" in name.lower()] == []


def test_the_high_priority_items_each_name_the_concern_behind_the_placement() -> None:
    paper = action_request("AZE").non_paper

    assert [item.id for item in paper.high_priority] == ["HP1", "HP2", "HP3", "HP4", "HP5"]
    assert [paper.concerns[(item.concern or 0) - 1] for item in paper.high_priority] == [
        item.shortcoming for item in paper.high_priority
    ]
    assert len(set(paper.concerns)) == len(paper.concerns)


def test_further_items_stand_by_pillar_and_answer_no_concern() -> None:
    paper = action_request("AZE").non_paper

    assert [(group.pillar, len(group.items)) for group in paper.further] == [
        ("prosecution", 4),
        ("protection", 4),
        ("prevention", 2),
    ]
    assert {item.concern for group in paper.further for item in group.items} == {None}


def test_notes_are_those_of_the_plan_high_priority_ones_first() -> None:
    notes = action_request("SEN").post_notes.notes

    assert [one.high_priority for one in notes] == sorted((one.high_priority for one in notes), reverse=True)
    assert {one.note for one in notes} == {item.note for item in config().plans["SEN"].recommendations if item.note}


def test_what_post_proposes_stands_apart() -> None:
    own = AskedItem("POST1", "Publish the hotline number in Russian.", "prevention", "")

    paper = action_request("AZE", proposed_by_post=(own,)).non_paper

    assert paper.proposed_by_post == (own,)
    assert own not in paper.high_priority


def test_the_day_and_the_deadlines_are_on_the_post_s_own_clock() -> None:
    about = action_request("AZE").about

    assert about.dated == date(2009, 9, 21)
    assert about.report_due.local == "23:59 local time on Sunday, November 15, 2009"
    assert (about.report_due.day_off, about.report_due.last_working_day) == ("rest day", date(2009, 11, 13))
    assert about.report_due.utc == "Sun 15 Nov 2009 19:59 UTC"


@pytest.mark.parametrize(
    ("iso3", "moved_up"), [("AZE", ""), ("MUS", "to Tier 1"), ("NGA", "to Tier 1"), ("OMN", "from Tier 3 to Tier 2")]
)
def test_only_a_country_that_moved_up_is_said_to_have(iso3: str, moved_up: str) -> None:
    request = action_request(iso3)

    assert request.about.moved_up == moved_up
    assert request.watch_listed is not bool(moved_up)
    assert (request.about.limit is None) is bool(moved_up)


def test_the_country_stands_in_the_subject_once_for_every_entry_of_the_list() -> None:
    for iso3 in listed():
        request = action_request(iso3)
        assert request.subject.startswith(f"{request.about.country.upper()}: TIP ")
        assert request.subject.endswith("(2009-2010)")


def test_a_later_request_is_worded_by_the_law_of_its_own_day() -> None:
    def words(**changed: Any) -> str:
        cable = render_request_cable(action_request("AZE", **changed), templates=ROOT / "config" / "templates")
        return " ".join(cable.text.split())

    calendar = config().calendar.model_copy(update={"report_year": 2020})
    of_2020 = replace(config(), calendar=calendar)
    before, after = words(dated=date(2010, 9, 19)), words(dated=date(2010, 9, 20))
    later = words(by=of_2020, dated=date(2019, 9, 20))

    assert "unless the President grants" in before
    assert "The President may waive the limit for up to two more years" in before
    assert "unless the Secretary of State grants" in after
    assert "The Secretary of State may waive the limit for up to one more year," in later
    assert "rests on commitments" in after
    assert "rests on commitments" not in later
    assert "no proportional concrete actions are taken" in later


def test_what_is_carried_on_says_for_which_year_it_is_asked_to_the_post_alone() -> None:
    plan = config().plans["AZE"]
    first, second, *rest = plan.recommendations
    items = (first.model_copy(update={"first_asked": 2008}), second.model_copy(update={"first_asked": 2010}), *rest)
    carried = plan.model_copy(update={"recommendations": items})

    request = action_request("AZE", by=replace(config(), plans=dict(config().plans) | {"AZE": carried}))

    notes = {note.item.id: note.note for note in request.post_notes.notes}
    assert notes["HP1"] == f"Third year asked, since the cycle of the 2008 Report. {first.note}"
    assert notes["HP2"] == second.note
    assert "year asked" not in str(request.non_paper)
