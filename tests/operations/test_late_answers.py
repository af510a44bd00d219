"""A report that comes before the draft, after it, after clearance and after the release has four different effects."""

from __future__ import annotations

from pathlib import Path

from tests.assessments import change_chapter, clear_interim, draft_interim, release_interim, why_not_released
from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.operations.assemble_interim_assessment import owed_chapters, write_chapters
from tipcycle.operations.read_status import read_status
from tipcycle.operations.take_in import Preview, TakenIn, preview_take_in
from tipcycle.settings import settings
from tipcycle.store import Store

DRAFT_DAY = utc("2009-12-18 12:00")


def draft() -> None:
    write_chapters(YEAR, owed_chapters(YEAR, DRAFT_DAY).countries, DRAFT_DAY)
    draft_interim(DRAFT_DAY)


def late_report(cycle: Story, at: str, status: str = "begun") -> tuple[Preview, TakenIn]:
    """Preview Azerbaijan's report, then take it in."""
    items = [{"id": "HP1", "status": status, "narrative": "Late, and made up."}]
    cycle.drop("AZE.yaml", progress_report("AZE", "Baku", items=items))
    preview = preview_take_in(settings().inbox / "AZE.yaml", utc(at))
    (taken,) = cycle.take_in(utc(at))
    return preview, taken


def chapter(folder: str = "interim-assessment") -> str:
    path = settings().var_dir / "documents" / str(YEAR) / folder / "AZE.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def effect(preview: Preview, taken: TakenIn) -> str:
    """The effect, which the preview must have told."""
    assert preview.effect == taken.effect
    assert taken.effect is not None
    return taken.effect.effect


def test_before_the_draft_it_joins_in(asked: Story) -> None:
    assert effect(*late_report(asked, "2009-12-17 12:00")) == "joins_draft"
    assert chapter() == ""

    draft()

    assert "Late, and made up." in chapter()


def test_after_the_draft_only_its_chapter_is_written_anew(asked: Story) -> None:
    draft()
    others = {path: path.stat().st_mtime_ns for path in _chapters() if path.stem != "AZE"}

    assert effect(*late_report(asked, "2009-12-20 12:00")) == "chapter_redrafted"

    assert "Late, and made up." in chapter()
    assert {path: path.stat().st_mtime_ns for path in _chapters() if path.stem != "AZE"} == others
    assert read_status(YEAR)["chapters_to_clear_again"] == []


def test_after_clearance_its_chapter_returns_to_clearance_and_stops_the_release(asked: Story) -> None:
    draft()
    clear_interim(utc("2010-01-22 12:00"))

    assert effect(*late_report(asked, "2010-01-25 12:00")) == "returns_to_clearance"

    assert "Late, and made up." in chapter()
    change_chapter("AZE", utc("2010-01-25 12:00"))
    assert read_status(YEAR)["chapters_to_clear_again"] == ["AZE"]
    assert "AZE: its text changed after it was cleared by" in why_not_released(utc("2010-01-29 12:00"))


def test_a_chapter_cleared_again_lets_the_release_go_until_it_changes_once_more(asked: Story) -> None:
    draft()
    clear_interim(utc("2010-01-22 12:00"))
    late_report(asked, "2010-01-25 12:00")

    change_chapter("AZE", utc("2010-01-25 12:00"))
    clear_interim(utc("2010-01-26 12:00"))
    assert read_status(YEAR)["chapters_to_clear_again"] == []

    late_report(asked, "2010-01-27 12:00", status="partly")
    change_chapter("AZE", utc("2010-01-27 12:00"), text="Changed once more.")
    assert read_status(YEAR)["chapters_to_clear_again"] == ["AZE"]


def test_after_the_release_it_becomes_a_supplement_and_the_released_text_stays(asked: Story) -> None:
    draft()
    clear_interim(utc("2010-01-22 12:00"))
    release_interim(utc("2010-01-29 12:00"))
    released = chapter()

    assert effect(*late_report(asked, "2010-02-10 12:00")) == "supplement"

    assert chapter() == released
    assert "Late, and made up." in chapter("supplements/interim-assessment")
    assert read_status(YEAR)["supplements"] == ["AZE"]


def test_lateness_is_counted_once_and_by_the_first_answer(asked: Story) -> None:
    late_report(asked, "2009-11-20 12:00")
    late_report(asked, "2009-11-25 12:00", status="partly")

    (step,) = [one for one in read_status(YEAR)["steps"] if one["step"] == "progress-report"]
    assert (step["received"], step["late"]) == (1, 1)


def test_a_receipt_names_version_hash_changes_and_effect(asked: Story) -> None:
    late_report(asked, "2009-11-10 12:00")
    late_report(asked, "2009-11-12 12:00", status="partly")

    asked.tick(utc("2009-11-13 06:00"))

    with Store.read(settings().ledger_url) as store:
        latest = store.submissions.latest(f"obligation:{YEAR}:progress-report:AZE")
    assert latest is not None
    (mail,) = [path for path in (asked.folder / "mails" / "baku").iterdir() if "AZE-v2" in path.name]
    text = mail.read_text(encoding="utf-8")
    assert "version 2" in text
    assert latest.content_hash in text
    assert "HP1: status begun" in text
    assert "The draft is not made yet: it joins in." in text


def test_a_preview_of_the_same_answer_says_that_nothing_would_change(asked: Story) -> None:
    late_report(asked, "2009-11-10 12:00")
    preview, taken = late_report(asked, "2009-11-11 12:00")

    assert (preview.identical, taken.outcome) == (True, "identical")


def _chapters() -> list[Path]:
    return sorted((settings().var_dir / "documents" / str(YEAR) / "interim-assessment").glob("*.md"))
