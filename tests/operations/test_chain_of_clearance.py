"""Chapters and the compiled assessment go round their clearers; each is asked in its turn and once for a text."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest

from tests.assessments import (
    BUREAUS,
    YEAR,
    change_chapter,
    clear_chapters,
    clear_compiled,
    clear_interim,
    draft_interim,
    write_chapter,
)
from tests.smoke.story import Story, utc
from tipcycle.errors import StoreError
from tipcycle.model.clearance import Decision
from tipcycle.model.obligation import Obligation
from tipcycle.operations.ask_clearance import ask_next
from tipcycle.operations.change_contact import delegate
from tipcycle.operations.clear_documents import ClearanceReport, clear_documents
from tipcycle.operations.context import context
from tipcycle.operations.read_clearances import read_clearances
from tipcycle.operations.read_status import read_status
from tipcycle.settings import settings
from tipcycle.store import Store

DRAFTED_AT, MONDAY = utc("2010-01-04 15:00"), utc("2010-01-11 15:00")


@pytest.fixture
def drafted(asked: Story) -> Story:
    """The interim assessment is drafted, and whoever comes first was asked."""
    draft_interim(DRAFTED_AT)
    asked.tick(DRAFTED_AT)
    return asked


def decide(
    position: str,
    *countries: str,
    decision: Decision = "cleared",
    acting: str = "",
    note: str = "",
    document: str = "interim-chapter",
    at: str = "2010-01-11 15:00",
) -> ClearanceReport:
    return clear_documents(
        YEAR,
        document=document,
        decision=decision,
        position=position,
        acting=acting,
        countries=countries,
        note=note,
        at=utc(at),
        preview=False,
    )


def duties() -> dict[str, Obligation]:
    """The rounds of the cycle by what their key ends in."""
    with Store.read(settings().ledger_url) as store:
        return {one.subject: one for one in store.obligations.of_cycle(YEAR, step="clear-documents")}


def standings() -> dict[str, dict[str, Any]]:
    """Each document of the interim assessment by country, the compiled one by its kind."""
    return {one["country"] or one["kind"]: one for one in read_clearances(YEAR)["documents"]}


def test_each_bureau_is_asked_once_for_all_its_chapters(drafted: Story) -> None:
    drafted.tick(utc("2010-01-04 16:00"))
    asked = duties()

    assert set(asked) == {f"{bureau}.1" for bureau in BUREAUS}
    assert {one.owner for one in asked.values()} == set(BUREAUS)
    assert {one.planned_on for one in asked.values()} == {date(2010, 1, 11)}, "five working days"
    with Store.read(settings().ledger_url) as store:
        rounds = store.clearances.rounds(YEAR)
    assert len(rounds) == 56


def test_the_next_one_is_asked_when_the_one_before_has_cleared(drafted: Story) -> None:
    decide("eur.bureau", "AZE")
    one_chapter = duties()
    decide("eur.bureau")
    all_of_eur = duties()

    assert one_chapter["eur.bureau.1"].standing == "missing", "five chapters still wait for it"
    assert one_chapter["drl.clearer.1"].standing == "missing"
    assert all_of_eur["eur.bureau.1"].standing == "received"
    assert "drl.clearer.2" in all_of_eur


def test_the_compiled_document_waits_for_its_chapters_and_ends_the_step(drafted: Story) -> None:
    with pytest.raises(StoreError, match="56 of its 56 chapters do not stand cleared: AGO"):
        clear_compiled(MONDAY)
    clear_chapters(MONDAY)
    with pytest.raises(StoreError, match=r"not yet the turn of h\.clearer: l\.clearer is before it"):
        clear_compiled(MONDAY, "h.clearer")
    clear_compiled(MONDAY)

    (step,) = [one for one in read_status(YEAR)["steps"] if one["step"] == "interim-clearance"]
    assert step["received"] == 1
    assert {one.standing for one in duties().values()} == {"received"}


def test_a_new_text_of_one_chapter_starts_its_chain_anew_and_that_of_the_compiled_document(drafted: Story) -> None:
    clear_interim(MONDAY)
    change_chapter("AZE", utc("2010-01-12 15:00"))
    drafted.tick(utc("2010-01-12 15:00"))

    azerbaijan, compiled, senegal = (standings()[one] for one in ("AZE", "interim-assessment", "SEN"))
    assert azerbaijan["because"] == (
        "its text changed after it was cleared by drl.clearer on 2010-01-11; clear it again"
    )
    assert azerbaijan["waits_for"] == [{"position": "eur.bureau", "asked": True, "since": None}]
    assert (compiled["standing"], senegal["standing"]) == ("waiting", "cleared")
    assert read_status(YEAR)["chapters_to_clear_again"] == ["AZE"]
    assert duties()["eur.bureau.2"].standing == "missing"


def test_a_round_ends_when_its_texts_change_and_are_asked_for_anew(drafted: Story) -> None:
    with Store.begin(settings().ledger_url) as store:
        for iso3 in ("AZE", "LVA", "MDA", "MNE", "RUS", "UKR"):
            write_chapter(store, iso3, utc("2010-01-05 15:00"), text="Mended.")
        ask_next(store, context(YEAR), "interim-chapter", utc("2010-01-05 15:00"))

    assert (duties()["eur.bureau.1"].standing, duties()["eur.bureau.2"].standing) == ("received", "missing")


def test_a_return_holds_until_the_text_changes_and_comments_are_kept_and_shown(drafted: Story) -> None:
    decide("eur.bureau", "AZE", decision="returned", note="name the ministry")
    with pytest.raises(StoreError, match=r"AZE: returned by eur\.bureau on 2010-01-11: name the ministry"):
        decide("drl.clearer", "AZE")
    change_chapter("AZE", utc("2010-01-12 15:00"))
    decide("eur.bureau", "AZE", decision="commented", note="better", at="2010-01-12 16:00")
    decide("drl.clearer", "AZE", at="2010-01-12 17:00")

    found = standings()["AZE"]
    assert found["standing"] == "cleared"
    assert [(one["note"], one["present_text"]) for one in found["comments"]] == [
        ("name the ministry", False),
        ("better", True),
    ]


def test_another_acts_only_by_a_delegation_of_the_day_and_never_upon_its_own_text(drafted: Story) -> None:
    with pytest.raises(StoreError, match=r"drl\.clearer may not act for eur\.bureau: .* to nobody that day"):
        decide("eur.bureau", "AZE", acting="drl.clearer")
    delegate(
        YEAR,
        position="eur.bureau",
        to="drl.clearer",
        from_on=date(2010, 1, 11),
        until_on=date(2010, 1, 12),
        reason="on leave (made up)",
        approver="gtip.director",
        at=utc("2010-01-11 14:00"),
        preview=False,
    )
    change_chapter("LVA", MONDAY, made_by="drl.clearer")

    with pytest.raises(StoreError, match=r"drl\.clearer drafted or edited this text"):
        decide("eur.bureau", "LVA", acting="drl.clearer")
    decide("eur.bureau", "AZE", acting="drl.clearer")
    with pytest.raises(StoreError, match=r"eur\.bureau cleared this text on 2010-01-11 \(acting: drl\.clearer\)"):
        decide("eur.bureau", "AZE")
    with pytest.raises(StoreError, match="has delegated to nobody that day"):
        decide("eur.bureau", "RUS", acting="drl.clearer", at="2010-01-13 15:00")


def test_a_bureau_that_edited_a_chapter_does_not_clear_it_and_the_director_does_in_its_place(drafted: Story) -> None:
    with pytest.raises(StoreError, match=r"gtip\.director may not decide upon AZE: it is not of its chain"):
        decide("gtip.director", "AZE")
    change_chapter("AZE", utc("2010-01-05 17:00"), made_by="eur.bureau")

    with pytest.raises(StoreError, match=r"eur\.bureau drafted or edited this text"):
        decide("eur.bureau", "AZE")
    decide("gtip.director", "AZE")
    assert standings()["AZE"]["waits_for"] == [{"position": "drl.clearer", "asked": True, "since": None}]


@pytest.mark.parametrize(
    ("position", "countries", "told"),
    [
        ("af.bureau", ("AZE",), r"af\.bureau may not decide upon AZE: Baku belongs to Bureau EUR"),
        ("gtip.action-officer", (), "may decide upon none of 56 chapters: the office that drafts"),
        ("drl.clearer", ("AZE",), r"AZE: not yet the turn of drl\.clearer: eur\.bureau is before it"),
        ("eur.bureau", ("FRA",), "FRA: has no chapter of the interim assessment"),
    ],
)
def test_what_may_not_be_decided_is_refused_with_its_reason(
    drafted: Story, position: str, countries: tuple[str, ...], told: str
) -> None:
    with pytest.raises(StoreError, match=told):
        decide(position, *countries)


def test_two_who_clear_the_same_text_at_once_are_one_decision_and_a_conflict(drafted: Story) -> None:
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def clear() -> None:
        start.wait()
        try:
            outcomes.append(f"{decide('eur.bureau', 'AZE').decided} decided")
        except StoreError as error:
            outcomes.append(str(error))

    both = [threading.Thread(target=clear) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(outcomes) == ["1 decided", "AZE: eur.bureau cleared this text on 2010-01-11"]
    with Store.read(settings().ledger_url) as store:
        assert len(store.clearances.of_cycle(YEAR)["document:2010:interim-chapter:AZE"]) == 1
        assert list(store.acts.breaks()) == []


def test_what_was_asked_already_is_not_asked_again_by_a_tick(drafted: Story) -> None:
    before = duties()
    for minute in range(5):
        drafted.tick(utc(f"2010-01-04 15:0{minute}"))

    assert duties() == before
