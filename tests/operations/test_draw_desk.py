"""The coordinator's pages: what waits leads to the form that answers it; nothing is told that Prefect may not know."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import unquote

import pytest

from tests.assessments import draft_interim
from tests.smoke.story import YEAR, Story, utc
from tipcycle.config import load_config
from tipcycle.model.post import NO_BUREAU, bureau_name
from tipcycle.operations.assemble_interim_assessment import owed_chapters, write_chapters
from tipcycle.operations.draw_desk import Desk, Page, draw_desk, years_to_draw
from tipcycle.operations.hold import hold
from tipcycle.rendering.form_link import form_link
from tipcycle.settings import ROOT

_FORMS = {
    name: f"/deployments/deployment/{name}/run"
    for name in ("clear-document", "change-contact", "change-deadline", "lift-hold", "release-document", "settle-split")
}


def _pages(desk: Desk) -> dict[str, Page]:
    return {page.key: page for page in desk.pages}


def test_before_a_cycle_is_open_the_start_page_says_so(tmp_path: object, asked: Story) -> None:
    desk = draw_desk(2011, _FORMS)

    assert desk.line == "cycle 2011 is not open yet"
    assert [page.key for page in desk.pages] == ["start-2011"]
    assert "Cycle 2011 is not open yet." in desk.pages[0].text


def test_the_start_page_leads_to_every_other_and_every_other_leads_back(asked: Story) -> None:
    desk = draw_desk(YEAR, _FORMS)
    start, *others = desk.pages

    led_to = set(re.findall(r"\(/artifacts/key/([^)]+)\)", start.text))
    assert led_to == {page.key for page in others} | {f"status-board-{YEAR}"}
    assert all(f"(/artifacts/key/start-{YEAR})" in page.text for page in others if page.percent is None)
    assert all(name in start.text for name in _FORMS)


def test_the_start_page_says_what_each_form_and_bar_is_in_the_words_of_the_board(asked: Story) -> None:
    start = draw_desk(YEAR, _FORMS, about={"lift-hold": "ends a hold before its last day."}).pages[0].text

    assert "- [lift-hold](/deployments/deployment/lift-hold/run): ends a hold before its last day." in start
    assert "[Progress report on the action plan, with statistics: 0 of 56 by Sun 15 Nov 2009, 0 overdue" in start
    assert "progress-report: " not in start
    assert [bureau_name(one) for one in ("EUR", NO_BUREAU)] == ["EUR", "no bureau"]


def test_a_hold_in_force_leads_to_the_form_that_ends_it(asked: Story) -> None:
    at, until = utc("2009-10-16 09:00"), date(2009, 10, 30)
    hold(YEAR, scope="post", name="Baku", until_on=until, reason="made up", approver="gtip.director", at=at)

    waiting = _pages(draw_desk(YEAR, _FORMS))[f"waiting-{YEAR}"].text

    row = next(line for line in waiting.splitlines() if "hold 1: nothing is sent to baku" in line)
    assert "until the end of Fri 30 Oct 2009 | gtip.director | [lift-hold](" in row
    assert _given(row) == {"number": 1}


def test_a_chapter_that_waits_leads_to_the_form_filled_in_as_far_as_the_ledger_knows(asked: Story) -> None:
    _drafted()

    waiting = _pages(draw_desk(YEAR, _FORMS))[f"waiting-{YEAR}"].text

    row = next(line for line in waiting.splitlines() if "chapters of the interim assessment" in line and "eur." in line)
    given = _given(row)
    assert given["report_year"] == YEAR
    assert given["document"] == "interim-chapter"
    assert given["position"] == "eur.bureau"
    assert "decision" not in given, "what decides is left to the person"


def test_a_page_that_nothing_changed_on_is_the_same_text_again(asked: Story) -> None:
    before = draw_desk(YEAR, _FORMS)

    assert draw_desk(YEAR, _FORMS) == before


def test_a_tick_changes_the_page_of_a_post_that_it_reminded_and_no_bar(asked: Story) -> None:
    before = _pages(draw_desk(YEAR, _FORMS))

    asked.tick(utc("2009-10-16 06:00"))

    after = _pages(draw_desk(YEAR, _FORMS))
    assert "| -30 | baku.action-officer |" in after[f"proof-{YEAR}-baku"].text
    assert after[f"proof-{YEAR}-baku"] != before[f"proof-{YEAR}-baku"]
    key = f"progress-{YEAR}-progress-report"
    assert after[key] == before[key]
    assert after[key].percent == 0


def test_no_page_tells_an_address_or_the_text_of_a_report(asked: Story) -> None:
    _drafted()

    for page in draw_desk(YEAR, _FORMS).pages:
        assert "@" not in page.text, page.key
        assert "(SBU)" not in page.text, page.key


def test_the_chapters_of_a_bureau_are_listed_with_how_each_is_read(asked: Story) -> None:
    _drafted()

    page = _pages(draw_desk(YEAR, _FORMS))[f"chapters-{YEAR}-eur"].text

    assert "| Azerbaijan | interim-chapter | 1 |" in page
    assert "`tipcycle chapter show AZE --kind interim-chapter`" in page


@pytest.mark.parametrize("text", ["plain", "100 % (made up)", "a&b=c?d#e", "Côte d'Ivoire (CIV)"])
def test_what_is_filled_in_survives_the_address(text: str) -> None:
    link = form_link({"clear-document": "/deployments/deployment/1/run"}, "clear-document", {"note": text})

    assert json.loads(unquote(unquote(link.partition("?parameters=")[2]))) == {"note": text}
    assert form_link({}, "clear-document", {}) == ""


def test_what_a_form_is_filled_in_with_can_be_chosen_there() -> None:
    from flows import FLOWS
    from tipcycle.model.choice import labelled

    shown = next(flow for flow in FLOWS if flow.name == "settle-split").parameters.properties["country"]["enum"]

    countries = load_config(ROOT / "config", YEAR).countries
    assert {labelled(one.name, iso3) for iso3, one in countries.items()} == set(shown)


def _drafted() -> None:
    at = utc("2009-12-18 12:00")
    write_chapters(YEAR, owed_chapters(YEAR, at).countries, at)
    draft_interim(at)


def _given(row: str) -> dict[str, object]:
    encoded = row.partition("?parameters=")[2].partition(")")[0]
    given: dict[str, object] = json.loads(unquote(unquote(encoded)))
    return given


def test_every_open_cycle_has_its_pages_beside_the_one_that_is_asked_for(asked: Story) -> None:
    assert years_to_draw(YEAR) == [YEAR]
    assert years_to_draw(2011) == [YEAR, 2011]
