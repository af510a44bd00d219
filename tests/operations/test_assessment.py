"""The interim assessment, from what was accepted and what was not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import docx
import pytest

from tests.assessments import clear_interim, draft_interim
from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.cli import main
from tipcycle.errors import StoreError
from tipcycle.model.obligation import Obligation
from tipcycle.operations.assemble_interim_assessment import owed_chapters, record_draft, write_chapters
from tipcycle.operations.record_step import record_step
from tipcycle.operations.render_product import render_product
from tipcycle.operations.tick import tick
from tipcycle.settings import settings
from tipcycle.store import Store

DRAFT_DAY = utc("2009-12-18 12:00")


def test_the_draft_is_owed_from_its_planned_day_on_and_once(asked: Story) -> None:
    early = owed_chapters(YEAR, utc("2009-12-17 12:00"))
    owed = owed_chapters(YEAR, DRAFT_DAY)
    write_chapters(YEAR, owed.countries[:2], DRAFT_DAY)
    record_draft(YEAR, DRAFT_DAY)
    after = owed_chapters(YEAR, utc("2009-12-19 12:00"))

    assert (early.countries, early.line) == ((), "not before Fri 18 Dec 2009")
    assert len(owed.countries) == 56
    assert after.countries == ()


def test_a_chapter_says_what_was_reported_or_when_the_post_was_asked_and_reminded(asked: Story) -> None:
    for day in ("2009-10-16 09:00", "2009-11-16 09:00", "2009-11-18 09:00"):
        asyncio.run(tick(utc(day)))
    statistic = {
        "category": "prosecutions",
        "period": {"from": "2009-04-01", "to": "2009-10-31"},
        "status": "not provided",
    }
    asked.drop("LVA.yaml", progress_report("LVA", "Riga", statistics=[statistic]))
    asked.take_in(utc("2009-11-19 09:00"))

    written = write_chapters(YEAR, ("AZE", "LVA"), DRAFT_DAY)

    assert (written.files, written.problems) == (4, ())
    azerbaijan, latvia = _chapter("AZE"), _chapter("LVA")
    assert (
        "No report received (due November 15, 2009): asked on September 21, 2009, reminded on October 16, "
        "November 16, 2009, escalated on November 18, 2009." in azerbaijan
    )
    assert "after it was due" in latvia
    assert "Prosecutions, April 1, 2009 to October 31, 2009: not provided." in latvia
    assert "> EXAMPLE DATA: the plan of this chapter is an example" in latvia
    assert "made up" not in latvia.partition("# Latvia")[0], "the answers are real"
    assert "EXAMPLE DATA" not in azerbaijan
    assert "tier 3" not in azerbaijan.lower()


def test_a_chapter_that_cannot_be_written_keeps_no_other_country_s_back_and_the_draft_stays_owed(
    asked: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    (_folder() / "AZE.docx").mkdir(parents=True)

    assert main(["assemble", "--report-year", "2010", "--at", "2009-12-18T12:00Z"]) == 1

    printed = capsys.readouterr()
    assert printed.err.startswith("AZE (Azerbaijan): its chapter could not be written: IsADirectoryError")
    assert "110 files in" in printed.out
    assert len([path for path in _folder().glob("*.docx") if path.is_file()]) == 55
    assert len(owed_chapters(YEAR, utc("2009-12-19 12:00")).countries) == 56


def test_the_word_document_says_the_same_and_carries_its_marking(asked: Story) -> None:
    asked.drop("AZE.yaml", progress_report("AZE", "Baku"))
    asked.take_in(utc("2009-11-10 09:00"))

    write_chapters(YEAR, ("AZE",), DRAFT_DAY)

    document = docx.Document(str(_folder() / "AZE.docx"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert document.sections[0].header.paragraphs[0].text.startswith("SENSITIVE BUT UNCLASSIFIED")
    assert "HP1, begun:" in text
    assert "HP2, no answer (the report does not speak of it, so it is not known):" in text


def test_clearance_opens_with_the_draft_and_ends_with_the_last_clearance(asked: Story) -> None:
    def clearance() -> Obligation:
        with Store.read(settings().ledger_url) as store:
            return store.obligations.get(f"obligation:{YEAR}:interim-clearance:all")

    before = clearance().opened_at
    draft_interim(DRAFT_DAY)
    with pytest.raises(StoreError, match="clear the documents with tipcycle clear"):
        record_step(YEAR, step="interim-clearance", actor="gtip.director", note="", at=utc("2010-01-21 15:00"))
    still = clearance().standing
    clear_interim(utc("2010-01-21 15:00"))

    assert (before, still, clearance().standing) == (None, "missing", "received")
    assert (clearance().answered_at, clearance().approver) == (utc("2010-01-21 15:00"), "gtip.director")
    states = {state for state, _ in asked.notices("interim-clearance:all").values()}
    assert states == {"cancelled"}


def _folder() -> Path:
    return settings().var_dir / "documents" / str(YEAR) / "interim-assessment"


def _chapter(iso3: str) -> str:
    return (_folder() / f"{iso3}.md").read_text(encoding="utf-8")


def test_comments_and_what_post_added_stand_in_the_chapter_apart_from_the_plan(asked: Story) -> None:
    made = {
        "delivered_on": "2009-10-02",
        "level": "minister",
        "officials": ["Minister of Justice"],
        "reaction": "Noted.",
        "comments": "The government asks for training.",
        "recommendations_added": [{"id": "POST1", "pillar": "protection", "text": "Open a second shelter."}],
    }
    asked.drop("AZE-1.yaml", progress_report("AZE", "Baku", step="demarche", demarche=made, items=[]))
    asked.take_in(utc("2009-10-06 09:00"))
    answers = [{"id": "HP1", "status": "begun"}, {"id": "POST1", "status": "implemented", "narrative": "It is open."}]
    asked.drop("AZE-2.yaml", progress_report("AZE", "Baku", items=answers))
    taken = asked.take_in(utc("2009-11-10 09:00"))

    write_chapters(YEAR, ("AZE",), DRAFT_DAY)

    text = _chapter("AZE")
    assert taken[0].outcome == "accepted"
    assert "Non-paper delivered on October 2, 2009 to Minister of Justice (minister). Noted." in text
    comments = text.partition("## Comments of the government")[2]
    assert comments.startswith(
        "\n<!-- # comments -->\n\n<!-- @ demarche.comments -->\nThe government asks for training."
    )
    high, _, own = text.partition("## Recommendations that post added")
    assert "POST1, implemented: Open a second shelter.\n\n<!-- @ item.POST1.reported -->\nIt is open." in own
    assert "POST1" not in high
    plain = render_product("non-paper", "AZE", YEAR, format="txt").rendered.content.decode()
    added = render_product("non-paper", "AZE", YEAR, format="txt", with_added=True).rendered.content.decode()
    assert "POST1" not in plain
    assert "Open a second shelter." in added.partition("HP5")[2]
