"""Chapters in the ledger: versions, an answer that joins, imports, conflicts, and files that are never written over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.smoke.story import YEAR, Story, progress_report, utc
from tests.steps import stand_done
from tipcycle.cli import main
from tipcycle.errors import StoreError
from tipcycle.model.chapter import Sentence
from tipcycle.model.document import ChapterVersion
from tipcycle.operations.assemble_interim_assessment import owed_chapters, record_draft, write_chapters
from tipcycle.operations.import_chapter import ChapterImport, import_chapter
from tipcycle.operations.renew_chapter import confirm_sentences, renew_one_chapter
from tipcycle.operations.take_in import take_in_each
from tipcycle.operations.waive_obligation import waive_obligation
from tipcycle.settings import settings
from tipcycle.store import Store

DRAFT_DAY = utc("2009-12-18 12:00")
EDITOR = "gtip.action-officer"
DOCUMENT = f"document:{YEAR}:interim-chapter:AZE"
FIGURE = {
    "category": "prosecutions",
    "period": {"from": "2009-04-01", "to": "2009-10-31"},
    "status": "provided",
    "total": 12,
    "labour": 3,
    "sex": 9,
    "basis": "explicit offence",
    "offence": "Criminal Code, article on trafficking",
    "source": "Prosecutor General",
}


def report(cycle: Story, at: str, *, total: int = 12) -> None:
    """Azerbaijan reports, made up."""
    cycle.drop("AZE.yaml", progress_report("AZE", "Baku", statistics=[FIGURE | {"total": total, "sex": total - 3}]))
    (taken,) = cycle.take_in(utc(at))
    assert taken.outcome == "accepted", taken.line


def draft() -> None:
    assert write_chapters(YEAR, ("AZE",), DRAFT_DAY).problems == ()
    record_draft(YEAR, DRAFT_DAY)


@pytest.fixture
def drafted(asked: Story) -> Story:
    """A cycle in which Azerbaijan reported and its chapter was drafted."""
    report(asked, "2009-11-10 09:00")
    draft()
    return asked


def file(folder: str = "interim-assessment") -> Path:
    return settings().var_dir / "documents" / str(YEAR) / folder / "AZE.md"


def latest() -> ChapterVersion:
    with Store.read(settings().ledger_url) as store:
        found = store.chapters.latest(DOCUMENT)
    assert found is not None
    return found


def sentence(anchor: str = "statistic.prosecutions") -> Sentence:
    found = latest().chapter.find(anchor)
    assert found is not None
    return found


def edit(path: Path, said: str, anchor: str = "statistic.prosecutions") -> Path:
    """Write another text below an anchor, as an officer would in any editor."""
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[lines.index(f"<!-- @ {anchor} -->") + 1] = said
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def take(path: Path, at: str = "2009-12-19 12:00", *, preview: bool = False) -> ChapterImport:
    return import_chapter(path, position=EDITOR, at=utc(at), preview=preview)


def test_writing_a_chapter_again_makes_no_new_version(drafted: Story) -> None:
    again = write_chapters(YEAR, ("AZE",), utc("2009-12-19 12:00"))

    assert (again.files, latest().version, latest().cause) == (2, 1, "assembled")


def test_all_chapters_are_kept_and_none_has_a_warning_of_its_own(asked: Story) -> None:
    written = write_chapters(YEAR, owed_chapters(YEAR, DRAFT_DAY).countries, DRAFT_DAY)

    with Store.read(settings().ledger_url) as store:
        kept = store.chapters.latest_of_cycle(YEAR, "interim-chapter")
    assert (written.files, len(kept)) == (112, 56)
    for path in file().parent.glob("*.md"):
        assert "<!-- note" not in path.read_text(encoding="utf-8"), path


def test_an_answer_after_the_draft_renews_the_chapter_in_its_own_transaction_and_keeps_the_edit(drafted: Story) -> None:
    take(edit(file(), "A dozen cases."))
    report(drafted, "2009-12-20 12:00", total=15)

    said = sentence()
    assert (latest().version, latest().cause) == (3, "progress-report v2 came")
    assert (said.text, said.written_by, ": 15, of them" in said.generated) == ("A dozen cases.", EDITOR, True)
    (stale,) = said.stale
    assert ("total 12" in str(stale.was), "total 15" in str(stale.now)) == (True, True)
    text = file().read_text(encoding="utf-8")
    assert "Stale statistic.prosecutions, progress-report/statistic/prosecutions: was: " in text
    with Store.read(settings().ledger_url) as store:
        causes = [act.details.get("cause") for act in store.acts.all() if act.act == "write-chapter"]
    assert causes == ["assembled", "imported", "progress-report v2 came"]


def test_an_answer_whose_chapter_cannot_be_written_is_not_taken_and_waits(drafted: Story) -> None:
    drafted.drop("AZE.yaml", progress_report("AZE", "Baku"))
    with Store.begin(settings().ledger_url) as store:
        store.connection.exec_driver_sql("update chapters set content = '{}'")  # as if the disk had lost it

    intake = take_in_each([settings().inbox / "AZE.yaml"], utc("2009-12-20 12:00"))

    assert (len(intake.taken), len(intake.problems)) == (0, 1)
    assert (settings().inbox / "AZE.yaml").exists()
    with Store.read(settings().ledger_url) as store:
        accepted = store.submissions.latest(f"obligation:{YEAR}:progress-report:AZE")
    assert accepted is not None
    assert accepted.version == 1


def test_a_preview_changes_nothing_and_the_deed_stores_what_it_told(drafted: Story) -> None:
    edit(file(), "We expect a move to Tier 2.")

    preview = take(file(), preview=True)
    before = latest().version
    done = take(file())

    assert (before, done.version, latest().made_by) == (1, 2, EDITOR)
    assert preview.changes == done.changes
    assert [(one.kind, one.anchor, one.after) for one in done.changes] == [
        ("edited", "statistic.prosecutions", "We expect a move to Tier 2.")
    ]
    assert done.warnings[0].startswith("statistic.prosecutions: speaks of a tier that changes")
    assert "version 2" in file().read_text(encoding="utf-8").splitlines()[0]
    assert [path.name for path in file().parent.glob("AZE*.md")] == ["AZE.md"]


def test_an_import_without_an_edit_makes_no_version(drafted: Story) -> None:
    taken = take(file())

    assert (taken.changes, taken.version, latest().version) == ((), None, 1)


def test_a_file_of_an_older_version_is_a_conflict_that_names_what_changed_and_stays(drafted: Story) -> None:
    mine = edit(file(), "A dozen cases.").rename(file().with_name("mine.md"))
    written = mine.read_bytes()
    report(drafted, "2009-12-20 12:00", total=15)

    refused = take(mine)

    (fault,) = refused.faults
    assert "the file is of version 1, and version 2 was written since (progress-report v2 came)" in str(fault)
    assert "changed since: statistic.prosecutions. Export the chapter anew" in str(fault)
    assert (latest().version, mine.read_bytes()) == (2, written)


def test_of_two_who_import_at_once_one_wins_and_the_other_is_told(drafted: Story) -> None:
    text = file().read_text(encoding="utf-8")
    files = []
    for name in ("one", "two"):
        path = file().with_name(f"{name}.md")
        path.write_text(text, encoding="utf-8")
        files.append(edit(path, f"Written by {name}."))

    first, second = (take(path) for path in files)

    assert (first.version, second.version, len(second.faults)) == (2, None, 1)
    assert sentence().text == "Written by one."


def test_an_edited_file_that_was_not_imported_is_put_aside_and_never_written_over(drafted: Story) -> None:
    edit(file(), "A dozen cases, not imported yet.")
    report(drafted, "2009-12-20 12:00", total=15)
    edit(file(), "Fifteen cases, not imported either.")
    report(drafted, "2009-12-21 12:00", total=16)

    aside = [file().with_name(f"AZE.edited-{number}.md").read_text(encoding="utf-8") for number in (1, 2)]
    assert "A dozen cases, not imported yet." in aside[0]
    assert "Fifteen cases, not imported either." in aside[1]
    assert ": 16, of them" in file().read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        pytest.param("", "the head of the file is missing", id="none"),
        pytest.param(
            "<!-- tipcycle chapter {document} version 9 content {hash} -->", "the ledger never had", id="ahead"
        ),
        pytest.param("<!-- tipcycle chapter {document} version 1 content {zeros} -->", "never had", id="other content"),
    ],
)
def test_a_file_whose_head_is_not_the_ledgers_is_refused(drafted: Story, head: str, said: str) -> None:
    lines = edit(file(), "A dozen cases.").read_text(encoding="utf-8").split("\n")
    lines[0] = head.format(document=DOCUMENT, hash=latest().content_hash, zeros="0" * 64)
    file().write_text("\n".join(lines), encoding="utf-8")

    refused = take(file())

    assert said in str(refused.faults[0])
    assert latest().version == 1


@pytest.mark.parametrize(
    ("head", "said"),
    [
        pytest.param("document:2010:interim-chapter:LVA", "no such chapter was ever written", id="of another country"),
        pytest.param("document:2010:action-request:AZE", "which is no chapter", id="of another kind"),
        pytest.param("nonsense", "which is no chapter", id="nonsense"),
    ],
)
def test_a_file_of_another_document_is_refused(drafted: Story, head: str, said: str) -> None:
    file().write_text(file().read_text(encoding="utf-8").replace(DOCUMENT, head), encoding="utf-8")

    with pytest.raises(StoreError, match=said):
        take(file())


def test_a_file_that_is_no_text_and_an_editor_at_a_post_are_refused(drafted: Story) -> None:
    other = file().with_name("other.md")
    other.write_bytes(b"fine\n\xff\xfe")

    with pytest.raises(StoreError, match="line 2: the file is no text in UTF-8"):
        take(other)
    with pytest.raises(StoreError, match="is at a post; chapters are edited in the Department"):
        import_chapter(file(), position="baku.action-officer", at=DRAFT_DAY, preview=True)


def test_a_stale_sentence_is_confirmed_by_a_position_and_is_logged(drafted: Story) -> None:
    take(edit(file(), "A dozen or so cases."))
    report(drafted, "2009-12-20 12:00", total=13)

    at = utc("2009-12-21 12:00")
    kept = confirm_sentences(
        YEAR, "Azerbaijan", ["statistic.prosecutions"], kind="interim-chapter", position=EDITOR, at=at
    )

    assert (kept.version, kept.made_by, sentence().stale) == (4, EDITOR, ())
    assert sentence().text == "A dozen or so cases."
    with pytest.raises(StoreError, match="nothing about this sentence is stale"):
        confirm_sentences(YEAR, "AZE", ["statistic.prosecutions"], kind="interim-chapter", position=EDITOR, at=at)


def test_what_no_answer_brought_joins_by_renewing(asked: Story) -> None:
    draft()
    waive_obligation(
        YEAR, step="progress-report", country="AZE", reason="post evacuated", approver="gtip.director", at=DRAFT_DAY
    )

    version, changed = renew_one_chapter(YEAR, "AZE", kind="interim-chapter", at=utc("2009-12-19 12:00"))

    assert (version.version, changed) == (2, True)
    assert sentence("received").text.startswith("Not required (due November 15, 2009): post evacuated")


def test_after_the_release_a_further_version_is_drawn_as_a_supplement(drafted: Story) -> None:
    stand_done("interim-clearance", utc("2010-01-22 12:00"))
    stand_done("interim-release", utc("2010-01-29 12:00"))
    released = file().read_bytes()

    report(drafted, "2010-02-10 12:00", total=15)
    take(edit(file("supplements/interim-assessment"), "Fifteen cases."), "2010-02-11 12:00")

    assert file().read_bytes() == released
    assert "Fifteen cases." in file("supplements/interim-assessment").read_text(encoding="utf-8")
    assert latest().version == 3


def printed(capsys: pytest.CaptureFixture[str], *words: str, exit_code: int = 0) -> str:
    capsys.readouterr()
    assert main(["chapter", *words]) == exit_code
    captured = capsys.readouterr()
    return captured.err if exit_code else captured.out


def test_the_command_exports_shows_imports_and_confirms(drafted: Story, capsys: pytest.CaptureFixture[str]) -> None:
    year = ("--report-year", "2010")
    exported = printed(capsys, "export", "Azerbaijan", *year).splitlines()
    edit(Path(exported[0]), "A dozen cases.")
    (Path(exported[0])).write_text(
        Path(exported[0]).read_text(encoding="utf-8").replace("## Demarche", "Our own word.\n\n## Demarche"),
        encoding="utf-8",
    )
    preview = printed(capsys, "import", exported[0], "--by", EDITOR)
    done = printed(capsys, "import", exported[0], "--by", EDITOR, "--yes")
    again = printed(capsys, "import", exported[0], "--by", EDITOR, "--yes")
    report(drafted, "2009-12-20 12:00", total=15)
    told = printed(capsys, "show", "aze", *year)
    shown: dict[str, Any] = json.loads(printed(capsys, "show", "AZE", *year, "--json"))
    confirm = printed(capsys, "confirm", "AZE", "statistic.prosecutions", "--by", EDITOR, *year)

    assert Path(exported[1]).suffix == ".docx"
    assert preview.endswith("preview only; add --yes to do it\n")
    assert "edited: statistic.prosecutions\n  - Prosecutions, " in preview
    assert "added: editor.1\n  + Our own word.\nlook at editor.1: unsupported" in preview
    assert done.endswith("version 2 imported\n")
    assert again.endswith("nothing was edited\n")
    assert "[statistic.prosecutions] (gtip.action-officer) A dozen cases." in told
    assert "Stale statistic.prosecutions" in told
    assert (shown["version"], shown["unsupported"], shown["unused"], shown["behind"]) == (3, ["editor.1"], [], [])
    assert [one["anchor"] for one in shown["stale"]] == ["statistic.prosecutions"]
    assert "version 4, confirmed statistic.prosecutions" in confirm


def test_the_command_refuses_broken_anchors_with_their_lines(
    drafted: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    text = file().read_text(encoding="utf-8").replace("@ received -->", "@ recieved -->")
    file().write_text(text, encoding="utf-8")

    refused = printed(capsys, "import", str(file()), "--by", EDITOR, "--yes", exit_code=1)

    line = text.split("\n").index("<!-- @ recieved -->") + 1
    assert f'AZE.md: line {line}: there is no anchor recieved in this chapter; did you mean "received"?' in refused
    assert refused.endswith("not taken in; nothing was changed\n")
    assert (latest().version, file().read_text(encoding="utf-8")) == (1, text)
