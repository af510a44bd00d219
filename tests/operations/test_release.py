"""A release waits for everybody of the chain and a day more; what is out is frozen, and can be made again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.assessments import (
    YEAR,
    change_chapter,
    clear_chapters,
    clear_compiled,
    clear_interim,
    draft_interim,
    release_interim,
    why_not_released,
    write_chapter,
)
from tests.smoke.story import Story, utc
from tests.steps import stand_done
from tipcycle.errors import StoreError
from tipcycle.model.document import Release
from tipcycle.model.keys import obligation_key
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.compile_assessment import compile_files, frozen_inputs
from tipcycle.operations.context import context
from tipcycle.operations.obligation_life import compile_step, fulfil, open_obligations
from tipcycle.operations.read_status import read_status
from tipcycle.operations.rebuild_releases import rebuild_releases
from tipcycle.operations.record_step import record_step
from tipcycle.operations.release_document import release_document
from tipcycle.operations.release_files import folder_of
from tipcycle.operations.retract_release import retract_release
from tipcycle.settings import settings
from tipcycle.store import Store

DRAFTED_AT, CLEARED_AT = utc("2010-01-04 15:00"), utc("2010-01-28 15:00")
HELD, OUT = utc("2010-01-29 14:59"), utc("2010-01-29 15:00")


@pytest.fixture
def cleared(asked: Story) -> Story:
    """Everything of the interim assessment was cleared on 28 January."""
    draft_interim(DRAFTED_AT)
    clear_interim(CLEARED_AT)
    return asked


def released(document: str = "interim-assessment") -> list[Release]:
    with Store.read(settings().ledger_url) as store:
        return store.releases.of_document(f"document:{YEAR}:{document}:all")


def retract(position: str, at: str, reason: str = "a figure is wrong") -> str:
    return retract_release(YEAR, document="interim-assessment", position=position, reason=reason, at=utc(at))


def test_a_release_is_held_for_a_day_after_the_last_clearance_and_then_frozen(cleared: Story) -> None:
    held = why_not_released(HELD)
    report = release_interim(OUT)

    assert "held until 2010-01-29 15:00Z, a day after the last clearance; to stop it: form retract-release" in held
    assert report.released == 1
    assert report.lines[:2] == ("statutory Mon 1 Feb 2010: on time", "planned Fri 29 Jan 2010, actual Fri 29 Jan 2010")
    (row,) = released()
    assert row.chapters.keys() == {entry for entry in row.chapters if row.chapters[entry] == 1}
    assert len(row.chapters) == 56
    folder = folder_of(context(YEAR), "interim-assessment", 1)
    assert sorted(path.name for path in folder.iterdir()) == sorted(row.files)
    assert list(folder.parent.glob(".*")) == []
    (step,) = [one for one in read_status(YEAR)["steps"] if one["step"] == "interim-release"]
    assert step["actual_at"] == "2010-01-29T15:00:00Z"
    with Store.read(settings().ledger_url) as store:
        assert list(store.acts.breaks()) == []


def test_a_late_release_says_how_late_it_is(cleared: Story) -> None:
    assert release_interim(utc("2010-02-04 15:00")).lines[0] == "statutory Mon 1 Feb 2010: 3 days late"


def test_a_preview_releases_nothing(cleared: Story) -> None:
    report = release_interim(OUT, preview=True)

    assert (report.done, report.released, released()) == (False, None, [])
    assert not (settings().var_dir / "releases").exists()


def test_nothing_is_released_that_somebody_did_not_clear(asked: Story) -> None:
    draft_interim(DRAFTED_AT)
    clear_chapters(CLEARED_AT, excluding=["eap.bureau"])
    waiting = why_not_released(OUT)
    clear_chapters(CLEARED_AT)
    compiled = why_not_released(OUT)

    assert "PHL: nobody has decided yet" in waiting
    assert "interim-assessment: " in waiting
    assert compiled == "interim-assessment is not released:\ninterim-assessment: nobody has decided yet"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"position": "eur.bureau"}, "eur.bureau may not release the interim-assessment; gtip.action-officer"),
        ({"position": "nobody"}, '"nobody" is not a position'),
        ({"document": "interim-chapter"}, '"interim-chapter" is not released by itself'),
        ({"nature": "erratum", "reason": "a typing error"}, "was not released yet, so there is nothing to add to"),
        ({"without": ["eur.bureau"]}, "for a reason; give one"),
        ({"without": ["nea.clearer"], "reason": "late"}, '"nea.clearer" is not a position'),
        ({"without": ["g.principal"], "reason": "late"}, "g.principal has no seat in the chain of any"),
    ],
)
def test_what_may_not_be_released_is_refused_with_its_reason(
    cleared: Story, changed: dict[str, Any], told: str
) -> None:
    assert told in why_not_released(OUT, **changed)


def test_no_chapter_may_be_missing(cleared: Story) -> None:
    with Store.begin(settings().ledger_url) as store:
        store.connection.exec_driver_sql("delete from chapters where iso3 in ('AZE', 'SEN')")

    assert why_not_released(OUT) == "interim-assessment: without a chapter: AZE, SEN"


def test_a_retracted_release_waits_for_that_position_again(cleared: Story) -> None:
    line = retract("l.clearer", "2010-01-29 09:00")
    stopped = why_not_released(OUT)
    clear_compiled(utc("2010-01-29 16:00"), "l.clearer")
    held = why_not_released(utc("2010-01-30 15:59"))

    assert line.startswith("interim-assessment: retracted by l.clearer")
    assert "retracted by l.clearer on 2010-01-29: a figure is wrong" in stopped
    assert "held until 2010-01-30 16:00Z" in held
    assert release_interim(utc("2010-01-30 16:00")).released == 1


@pytest.mark.parametrize(
    ("position", "at", "told"),
    [
        ("eur.bureau", "2010-01-29 09:00", "eur.bureau may not retract the interim-assessment; l.clearer, h.clearer"),
        ("l.clearer", "2010-01-29 16:00", "stays so; mend its text and release it once more: form release-document"),
    ],
)
def test_a_retraction_is_of_the_chain_and_before_the_release(cleared: Story, position: str, at: str, told: str) -> None:
    if "16:00" in at:
        release_interim(OUT)

    with pytest.raises(StoreError, match=told):
        retract(position, at)


def test_a_position_that_has_not_cleared_has_nothing_to_take_back(asked: Story) -> None:
    draft_interim(DRAFTED_AT)

    with pytest.raises(
        StoreError,
        match=r"l\.clearer has not decided, so there is nothing to take back; return it .*: form clear-document",
    ):
        retract("l.clearer", "2010-01-29 09:00")


def test_a_second_version_needs_a_changed_chapter_its_clearance_and_leaves_the_first_alone(cleared: Story) -> None:
    release_interim(OUT)
    first = _files(1)
    nothing = why_not_released(utc("2010-02-10 15:00"), nature="erratum", reason="a typing error")
    twice = why_not_released(utc("2010-02-10 15:00"))
    change_chapter("AZE", utc("2010-02-10 15:00"), text="Mended.")
    cleared.tick(utc("2010-02-10 16:00"))
    asked_by_itself = _open_rounds()

    erratum: dict[str, Any] = {"nature": "erratum", "reason": "a typing error"}
    begun = release_interim(utc("2010-02-10 17:00"), **erratum)
    again = why_not_released(utc("2010-02-10 18:00"), **erratum)
    clear_interim(utc("2010-02-11 15:00"))
    report = release_interim(utc("2010-02-12 15:00"), **erratum)

    assert "version 1 was released on 2010-01-29 by gtip.director; no chapter changed since" in nothing
    assert "what changed since goes out with the nature supplement or erratum" in twice
    assert asked_by_itself == set()
    assert (begun.released, begun.lines) == (None, ("asked eur.bureau to clear what changed; erratum waits for it",))
    assert "AZE: its text changed after it was cleared by drl.clearer" in again
    assert report.released == 2
    assert "changed since version 1: AZE" in report.lines
    assert _files(1) == first
    assert [(one.version, one.nature, one.chapters["AZE"]) for one in released()] == [
        (1, "release", 1),
        (2, "erratum", 2),
    ]
    second = _files(2)
    assert b"Mended." in b"".join(second.values())
    assert b"Chapter changed since version 1: Azerbaijan." in second["interim-assessment.md"]


def test_released_files_are_verified_and_made_again_byte_for_byte(cleared: Story) -> None:
    release_interim(OUT)
    before = _files(1)
    name = min(before)
    path = folder_of(context(YEAR), "interim-assessment", 1) / name
    verified = rebuild_releases(YEAR, document="interim-assessment")
    path.write_bytes(b"tampered with")
    changed = rebuild_releases(YEAR, document="interim-assessment", version=1)
    mended = _files(1)
    path.unlink()
    cleared.tick(utc("2010-02-01 15:00"))

    assert verified == [f"interim-assessment v1: {len(before)} files verified"]
    assert changed == [f"interim-assessment v1: made again: {path}: is not the file that was released"]
    assert mended == before
    assert _files(1) == before, "the first tick after a release lays out what is missing"
    with pytest.raises(StoreError, match="has no released version 2"):
        rebuild_releases(YEAR, document="interim-assessment", version=2)


def test_a_release_is_made_again_although_its_templates_were_edited_since(
    cleared: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_interim(OUT)
    before, (row,) = _files(1), released()
    with Store.read(settings().ledger_url) as store:
        draft = frozen_inputs(store, context(YEAR), "interim-assessment", at=OUT)
    shutil.copytree(settings().config_dir, tmp_path / "config")
    monkeypatch.setenv("TIPCYCLE_CONFIG_DIR", str(tmp_path / "config"))
    templates = tmp_path / "config" / "templates"
    for name, old, new in (
        ("paper.typ", "#1b365d", "#5d1b36"),
        ("paper.md.j2", "", "Edited after the release.\n"),
        ("interim_method.txt.j2", "", "Edited after the release.\n\n"),
    ):
        path = templates / "assessment" / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    letter = docx.Document(str(templates / "assessment" / "paper.docx"))
    letter.paragraphs[0].text = "EDITED AFTER THE RELEASE"
    letter.save(str(templates / "assessment" / "paper.docx"))
    for path in folder_of(context(YEAR), "interim-assessment", 1).iterdir():
        path.unlink()

    rebuild_releases(YEAR, document="interim-assessment")

    assert _files(1) == before
    assert len(json.dumps(row.inputs["templates"])) < 100_000
    without = {name: value for name, value in draft.items() if name != "templates"}
    now, then = compile_files(without, templates), compile_files(draft, templates)
    assert {name for name in now if now[name] != then[name]} == set(before), "the edits do show in what is drawn anew"


def test_a_release_whose_inputs_were_touched_is_not_made_again(cleared: Story) -> None:
    release_interim(OUT)
    with Store.begin(settings().ledger_url) as store:
        store.connection.exec_driver_sql("update releases set inputs = replace(inputs, 'Made up', 'Forged')")
    path = min(folder_of(context(YEAR), "interim-assessment", 1).iterdir())
    path.unlink()

    with pytest.raises(StoreError, match="its frozen inputs do not have the hash of the release"):
        rebuild_releases(YEAR, document="interim-assessment")
    lost = cleared.tick(utc("2010-02-01 15:00")).lost_releases
    assert len(lost) == 1
    assert not path.exists()


def test_releases_are_recorded_by_no_other_way(cleared: Story) -> None:
    for step in ("interim-release", "report-release"):
        with pytest.raises(StoreError, match="release the document with tipcycle release"):
            record_step(YEAR, step=step, actor="gtip.director", note="", at=OUT)


def test_the_full_assessment_needs_a_placement_for_each_country(asked: Story) -> None:
    _draft_full(["AZE", "SEN"])
    full: dict[str, Any] = {"document": "full-assessment", "position": "gtip.director"}
    at = utc("2010-05-03 15:00")

    with pytest.raises(StoreError, match="AZE: not every country is placed yet"):
        clear_documents(
            YEAR,
            document="full-chapter",
            decision="cleared",
            position="eur.bureau",
            countries=["AZE"],
            at=at,
            preview=False,
        )
    with pytest.raises(StoreError, match="without a tier placement: AZE, SEN"):
        release_document(YEAR, **full, at=utc("2010-06-14 15:00"), preview=True)


def test_a_director_without_a_seat_may_stop_a_release_and_let_it_go_on(asked: Story) -> None:
    _draft_full(["AZE"])
    stand_done("tier-placement", utc("2010-05-01 15:00"))
    at = utc("2010-05-03 15:00")

    def clear(document: str, *positions: str) -> None:
        for position in positions:
            clear_documents(YEAR, document=document, decision="cleared", position=position, at=at, preview=False)

    clear("full-chapter", "eur.bureau", "drl.clearer")
    with pytest.raises(StoreError, match=r"it is not of its chain, which is l\.clearer, h\.clearer, g\.principal"):
        clear("full-assessment", "gtip.director")
    clear("full-assessment", "l.clearer", "h.clearer", "g.principal")
    retract_release(YEAR, document="full-assessment", position="gtip.director", reason="a tier is in doubt", at=at)
    with pytest.raises(StoreError, match=r"retracted by gtip\.director on 2010-05-03: a tier is in doubt"):
        release_document(
            YEAR, document="full-assessment", position="gtip.director", at=utc("2010-06-14 15:00"), preview=True
        )
    asked_again = _open_rounds()
    clear("full-assessment", "gtip.director")

    assert asked_again == {"gtip.director.1"}
    assert _open_rounds() == set()


def _draft_full(countries: list[str]) -> None:
    """A full assessment of these countries alone, drafted."""
    cycle = context(YEAR)
    at = utc("2010-04-15 15:00")
    with Store.begin(settings().ledger_url) as store:
        annual = compile_step(store, cycle, "annual-submission")
        keys = tuple(one.key for one in annual if one.country not in countries)
        for key in keys:
            store.connection.exec_driver_sql("delete from obligations where key = ?", (key,))
        draft = compile_step(store, cycle, "full-draft")
        open_obligations(store, cycle, draft, at=at)
        fulfil(
            store, cycle, store.obligations.get(obligation_key(YEAR, "full-draft", None)), standing="received", at=at
        )
        for iso3 in countries:
            write_chapter(store, iso3, at, kind="full-chapter")


def _files(version: int) -> dict[str, bytes]:
    folder = folder_of(context(YEAR), "interim-assessment", version)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _open_rounds() -> set[str]:
    with Store.read(settings().ledger_url) as store:
        rounds = store.obligations.of_cycle(YEAR, step="clear-documents")
    return {one.subject for one in rounds if one.standing == "missing"}
