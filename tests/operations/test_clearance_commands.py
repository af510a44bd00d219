"""Clearing, looking and releasing as it is typed."""

from __future__ import annotations

import json

import pytest

from tests.assessments import change_chapter, clear_chapters, clear_interim, draft_interim
from tests.smoke.story import Story, utc
from tipcycle.cli import main

YEAR = ["--report-year", "2010"]


@pytest.fixture
def drafted(asked: Story) -> Story:
    """The interim assessment is drafted."""
    draft_interim(utc("2010-01-04 15:00"))
    return asked


def run(capsys: pytest.CaptureFixture[str], *words: str, exit_code: int = 0) -> str:
    """What a command says; refusals are read from stderr."""
    assert main(list(words)) == exit_code
    told = capsys.readouterr()
    return told.err if exit_code else told.out


def test_a_bureau_clears_with_comments_after_a_preview(drafted: Story, capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "clear",
        "interim-chapter",
        *YEAR,
        "--country",
        "AZE",
        "--by",
        "eur.bureau",
        "--at",
        "2010-01-11T15:00:00Z",
    ]
    preview = run(capsys, *words, "--comments", "see line 1")
    done = run(capsys, *words, "--comments", "see line 1", "--yes")
    twice = run(capsys, *words, "--yes", exit_code=1)

    assert preview.startswith("AZE: clear with comments the chapter on Azerbaijan, version 1, text ")
    assert preview.endswith("preview only; add --yes to do it\n")
    assert done.endswith("1 decided\n")
    assert "AZE: eur.bureau cleared this text on 2010-01-11" in twice

    listed = run(capsys, "clearances", *YEAR)
    assert listed.count("cleared by eur.bureau on 2010-01-11 with comments: see line 1") == 1
    assert listed.count("see line 1") == 1
    assert "  waits for drl.clearer, not told yet\n" in listed
    assert "interim-assessment: 0 of 57 documents stand cleared\n" in listed
    found = json.loads(run(capsys, "clearances", *YEAR, "--json"))
    assert set(found) == {"report_year", "documents", "assessments"}
    assert len(found["documents"]) == 57


def test_a_comment_on_an_earlier_text_is_told_once_with_its_moment(
    drafted: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    clear = ["clear", "interim-chapter", *YEAR, "--country", "AZE", "--by", "eur.bureau", "--yes", "--at"]
    run(capsys, *clear, "2010-01-11T15:00:00Z", "--comments", "see line 1")
    change_chapter("AZE", utc("2010-01-12 15:00"))
    run(capsys, *clear, "2010-01-13T15:00:00Z", "--comments", "see line 2")

    listed = run(capsys, "clearances", *YEAR)

    assert "  commented by eur.bureau on 2010-01-11T15:00:00Z, on an earlier text: see line 1\n" in listed
    assert (listed.count("see line 1"), listed.count("see line 2")) == (1, 1)


@pytest.mark.parametrize(
    "words",
    [
        ["clear", "interim-chapter", *YEAR, "--by", "eur.bureau"],
        ["clear", "interim-chapter", *YEAR, "--all"],
        ["release", "interim-assessment", *YEAR],
        ["release", "interim-chapter", *YEAR, "--by", "gtip.director"],
    ],
)
def test_wrong_usage_ends_with_2(drafted: Story, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert "usage: " in capsys.readouterr().err


def test_an_assessment_is_released_retracted_and_verified(drafted: Story, capsys: pytest.CaptureFixture[str]) -> None:
    release = ["release", "interim-assessment", *YEAR, "--by", "gtip.director"]
    waiting = run(capsys, *release, "--at", "2010-01-11T15:00:00Z", exit_code=1)
    clear_interim(utc("2010-01-26 15:00"))
    retracted = run(capsys, *release, "--retract", "--reason", "one more look", "--at", "2010-01-26T16:00:00Z")
    run(capsys, "clear", "interim-assessment", *YEAR, "--by", "gtip.director", "--yes", "--at", "2010-01-28T15:00:00Z")
    held = run(capsys, *release, "--at", "2010-01-28T16:00:00Z", exit_code=1)
    preview = run(capsys, *release, "--at", "2010-01-29T15:00:00Z")
    done = run(capsys, *release, "--at", "2010-01-29T15:00:00Z", "--yes")
    verified = run(capsys, "release", "interim-assessment", *YEAR, "--rebuild")

    assert "AGO: nobody has decided yet" in waiting
    assert retracted.startswith("interim-assessment: retracted by gtip.director")
    assert "held until 2010-01-29 15:00Z" in held
    assert preview.endswith("preview only; add --yes to do it\n")
    assert "interim-assessment: version 1 released" in done
    assert verified.startswith("interim-assessment v1: ")


def test_going_on_without_a_silent_clearer_is_previewed_and_signed(
    drafted: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    drafted.tick(utc("2010-01-04 15:00"))
    drafted.tick(utc("2010-01-05 14:30"))
    clear_chapters(utc("2010-01-05 15:00"), excluding=["af.bureau", "drl.clearer"])
    words = ["release", "interim-assessment", *YEAR, "--by", "gtip.director", "--without", "af.bureau"]
    words += ["--reason", "the law's day is near", "--at", "2010-01-12T15:00:00Z"]
    preview = run(capsys, *words)
    done = run(capsys, *words, "--yes")
    again = run(capsys, *words, "--yes", exit_code=1)

    assert "AGO: without concurrence of af.bureau, asked on 2010-01-05, not reminded" in preview
    assert "signed: nobody waits for af.bureau any more; it can be released as soon as all others cleared it" in done
    assert "AGO: without concurrence of af.bureau, signed by gtip.director on 2010-01-12" in again
