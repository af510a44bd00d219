"""The full assessment from the ledger: owed once, a chapter for everybody, renewed by what comes later, compiled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.smoke.story import YEAR, Story, utc
from tests.steps import stand_done
from tipcycle.cli import main
from tipcycle.model.chapter import Chapter
from tipcycle.model.keys import document_key
from tipcycle.operations.assemble_full_assessment import (
    owed_full_chapters,
    record_full_draft,
    write_full_chapters,
)
from tipcycle.operations.compile_assessment import compile_files, frozen_inputs
from tipcycle.operations.context import context
from tipcycle.settings import settings
from tipcycle.store import Store

WINTER, DRAFT_DAY = utc("2009-12-14 15:00"), utc("2010-04-15 12:00")


@pytest.fixture
def winter(asked: Story) -> Story:
    """A cycle in which every post was asked for its annual submission."""
    stand_done("reporting-instructions", WINTER)
    return asked


def annual(story: Story, country: str, **changed: object) -> dict[str, object]:
    """An annual submission of the post that answers for a country; made up."""
    post = context(YEAR).config.post_for(country)
    period = {"from": "2009-04-01", "to": "2010-03-31"}
    figures = [
        {"category": one, "period": dict(period), "status": "not provided"} for one in ("investigations", "sentences")
    ]
    form: dict[str, object] = {
        "tipcycle": "submission/1",
        "report_year": YEAR,
        "step": "annual-submission",
        "country": country,
        "post": post.name,
        "submitted_by": f"{post.id}.action-officer",
        "items": [{"id": "HP1", "status": "partly", "narrative": "Made up for a test."}],
        "standards": [{"id": "1", "met": "yes", "narrative": "Article 144 punishes it.", "evidence": "penal code"}],
        "statistics": figures,
    }
    return form | changed


def take_in(story: Story, form: dict[str, object], at: str) -> None:
    story.drop(f"{form['country']}.yaml", form)
    taken = story.take_in(utc(at))
    assert [one.outcome for one in taken] == ["accepted"], taken


def chapter(country: str) -> Chapter:
    with Store.read(settings().ledger_url) as store:
        version = store.chapters.latest(document_key(YEAR, "full-chapter", country))
    assert version is not None
    return version.chapter


def said(country: str, anchor: str) -> str:
    found = chapter(country).find(anchor)
    return found.text if found else ""


def test_the_draft_is_owed_from_its_planned_day_on_and_once(winter: Story) -> None:
    early = owed_full_chapters(YEAR, utc("2010-04-14 12:00"))
    owed = owed_full_chapters(YEAR, DRAFT_DAY)
    write_full_chapters(YEAR, owed.countries[:2], DRAFT_DAY)
    record_full_draft(YEAR, DRAFT_DAY)

    assert (early.countries, early.line) == ((), "not before Thu 15 Apr 2010")
    assert len(owed.countries) == 189
    assert owed_full_chapters(YEAR, utc("2010-04-16 12:00")).line == "the draft was made; nothing owed"


def test_nothing_is_owed_before_the_instructions_are_out(asked: Story) -> None:
    assert owed_full_chapters(YEAR, DRAFT_DAY).line == "the reporting instructions are not out yet"


def test_a_chapter_is_written_of_everybody_and_says_who_was_not_placed_or_did_not_report(winter: Story) -> None:
    take_in(winter, annual(winter, "AZE"), "2010-02-20 12:00")

    written = write_full_chapters(YEAR, ("AZE", "GRD", "SWZ"), DRAFT_DAY)

    assert (written.files, written.problems) == (6, ())
    assert said("AZE", "item.HP1.grade").startswith("HP1, partly: ")
    assert said("AZE", "standard.1") == (
        "1 (prohibit severe forms of trafficking and punish acts of it): Article 144 punishes it. Evidence: penal code."
    )
    assert said("GRD", "placements") == "No Report before has placed it."
    assert said("GRD", "received").startswith("No report received (due March 1, 2010): asked on December 14, 2009")
    assert said("GRD", "statistics-missing").startswith("Not reported, so not known: investigations, prosecutions")


def test_writing_again_makes_no_new_version(winter: Story) -> None:
    for _ in range(2):
        write_full_chapters(YEAR, ("AZE", "OMN", "SEN", "LVA"), DRAFT_DAY)

    with Store.read(settings().ledger_url) as store:
        latest = store.chapters.latest_of_cycle(YEAR, "full-chapter")
    assert {iso3: one.version for iso3, one in latest.items()} == {"AZE": 1, "LVA": 1, "OMN": 1, "SEN": 1}


def test_an_annual_submission_after_the_draft_renews_its_own_chapter_alone(winter: Story) -> None:
    write_full_chapters(YEAR, ("AZE", "LVA"), DRAFT_DAY)
    record_full_draft(YEAR, DRAFT_DAY)

    take_in(winter, annual(winter, "AZE"), "2010-04-20 12:00")

    with Store.read(settings().ledger_url) as store:
        latest = store.chapters.latest_of_cycle(YEAR, "full-chapter")
    assert {iso3: (one.version, one.cause) for iso3, one in latest.items()} == {
        "AZE": (2, "annual-submission v1 came"),
        "LVA": (1, "assembled"),
    }
    file = settings().var_dir / "documents" / "2010" / "full-assessment" / "AZE.md"
    assert "HP1, partly" in file.read_text(encoding="utf-8")


def test_the_compiled_draft_is_written_by_a_command_and_is_the_frozen_one(
    winter: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    at = "2010-04-15T12:00Z"
    write_full_chapters(YEAR, ("AZE", "LVA"), DRAFT_DAY)

    code = main(["assemble", "--report-year", "2010", "--document", "full-assessment", "--compile", "--at", at])

    cycle = context(YEAR)
    with Store.read(settings().ledger_url) as store:
        frozen = frozen_inputs(store, cycle, "full-assessment", at=DRAFT_DAY)
    paths = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 0
    assert {path.name.removeprefix("DRAFT-"): path.read_bytes() for path in paths} == compile_files(
        frozen, cycle.templates
    )
    assert "DRAFT of April 15, 2010, not released" in paths[0].read_text(encoding="utf-8")


def test_a_document_without_chapters_is_refused_with_the_command_that_writes_them(
    winter: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["assemble", "--report-year", "2010", "--document", "full-assessment", "--compile"])

    assert code == 1
    assert "no chapter is written yet; run: tipcycle assemble --document full-assessment" in capsys.readouterr().err


def test_every_statement_of_the_ledger_is_one_query_however_many_countries_there_are(winter: Story) -> None:
    from tipcycle.operations.full_facts import full_chapters

    cycle = context(YEAR)

    def queries(countries: list[str]) -> int:
        with Store.read(settings().ledger_url) as store:
            asked: list[object] = []
            import sqlalchemy as sa

            def count(*told: object) -> None:
                asked.append(told[2])

            sa.event.listen(sa.Engine, "before_cursor_execute", count)
            try:
                for assemble in full_chapters(store, cycle, countries, DRAFT_DAY).values():
                    assemble()
            finally:
                sa.event.remove(sa.Engine, "before_cursor_execute", count)
            return len(asked)

    some, all_ = sorted(cycle.config.countries)[:10], sorted(cycle.config.countries)
    assert queries(some) == queries(all_)
