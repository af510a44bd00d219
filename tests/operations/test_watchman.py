"""A ledger that was kept is found whole; each way of breaking it is named."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.assessments import clear_interim, draft_interim, release_interim
from tests.smoke.story import YEAR, Story, progress_report, story, utc
from tests.steps import stand_done
from tipcycle.cli import main
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.waive_obligation import waive_obligation
from tipcycle.operations.watchman import watchman

AT = utc("2009-11-30 15:10")
AZE, SEN, EGY = (f"notice:2010:progress-report:{iso3}:v1:" for iso3 in ("AZE", "SEN", "EGY"))
RUS = "notice:2010:progress-report:RUS"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Asked, reminded, answered (Russia), extended (Senegal), waived (Egypt), escalated; ticked to November 30."""
    with story(tmp_path_factory.mktemp("kept")) as cycle:
        cycle.open_and_ask()
        cycle.report_every_demarche(utc("2009-10-05 12:00"))
        cycle.mailbox.refused.add("riga.action-officer@posts.example")
        cycle.tick_hourly(utc("2009-10-15 00:00"), utc("2009-10-16 20:00"))
        cycle.drop("RUS.yaml", progress_report("RUS", "Moscow"))
        cycle.take_in(utc("2009-10-20 12:00"))
        how: dict[str, Any] = {"step": "progress-report", "approver": "gtip.director", "reason": "made up"}
        waive_obligation(YEAR, country="EGY", at=utc("2009-10-21 12:00"), **how)
        change_deadline(
            YEAR,
            country="SEN",
            planned_on=date(2009, 11, 22),
            reason_class="post asked",
            at=utc("2009-10-21 13:00"),
            preview=False,
            **how,
        )
        cycle.tick_every(3, utc("2009-10-30 00:00"), utc("2009-11-30 15:00"))
        yield cycle


@pytest.fixture
def ledger(kept: Story) -> Iterator[sqlite3.Connection]:
    """Its database, to be broken; what was done to it is undone afterwards."""
    file = kept.folder / "tipcycle.sqlite3"
    whole = sqlite3.connect(":memory:")
    with sqlite3.connect(file) as found:
        found.backup(whole)
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        yield connection
    finally:
        whole.backup(connection)
        connection.close()
        whole.close()


def _told() -> list[tuple[str, str]]:
    return [(one.kind, one.about) for one in watchman(YEAR, AT).watch.differences]


def test_of_a_ledger_that_was_kept_nothing_is_said(kept: Story) -> None:
    seen = watchman(YEAR, AT).watch

    assert [one.line for one in seen.differences] == []
    assert seen.line == f"{seen.promised} promised, {seen.done} done, 0 unknown, 0 late"
    assert seen.promised > 900


def test_the_command_prints_the_line_and_exits_0(kept: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watchman", "--at", "2009-11-30T15:10:00Z", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["line"].endswith("0 unknown, 0 late")
    assert (told["report_year"], told["differences"]) == (2010, [])


def test_the_command_exits_1_and_names_what_is_amiss(
    ledger: sqlite3.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger.execute(f"DELETE FROM notices WHERE key = '{AZE}+3:baku.front-office'")

    assert main(["watchman", "--report-year", "2010", "--at", "2009-11-30T15:10:00Z"]) == 1

    assert f"missing notice: {AZE}+3:baku.front-office: is promised for" in capsys.readouterr().err


_SENT = f"{AZE}-7:baku.action-officer"
_MAIL = "message:2010:baku.action-officer:email:2009-11-06:1"
_REPORT = "obligation:2010:progress-report:AZE"

BREAKS = {
    "a notice is gone": ("missing notice", _SENT, f"DELETE FROM notices WHERE key = '{_SENT}'"),
    "a notice nobody promised": (
        "unpromised notice",
        f"{AZE}-5:baku.action-officer",
        f"INSERT INTO notices SELECT '{AZE}-5:baku.action-officer', obligation, report_year, step, post, country,"
        " version, -5, position, level, channel, kind, due_at, latest_by, state, reason, alarm, message, decided_at"
        f" FROM notices WHERE key = '{_SENT}'",
    ),
    "due another day": (
        "altered notice",
        _SENT,
        f"UPDATE notices SET due_at = '2009-11-05T05:00:00Z' WHERE key = '{_SENT}'",
    ),
    "good for longer": (
        "altered notice",
        _SENT,
        f"UPDATE notices SET latest_by = '2009-12-15T05:00:00Z' WHERE key = '{_SENT}'",
    ),
    "another kind": ("altered notice", _SENT, f"UPDATE notices SET kind = 'statutory' WHERE key = '{_SENT}'"),
    "another channel": ("altered notice", _SENT, f"UPDATE notices SET channel = 'slack' WHERE key = '{_SENT}'"),
    "owed again": (
        "undecided",
        _SENT,
        f"UPDATE notices SET state = 'owed', message = NULL, decided_at = NULL WHERE key = '{_SENT}'",
    ),
    "decided and yet owed": ("unfounded", _SENT, f"UPDATE notices SET state = 'owed' WHERE key = '{_SENT}'"),
    "sent without a message": ("unfounded", _SENT, f"UPDATE notices SET message = NULL WHERE key = '{_SENT}'"),
    "sent by a message to somebody else": (
        "unfounded",
        _SENT,
        f"UPDATE notices SET message = 'message:2010:gtip.action-officer:email:2009-09-04:1' WHERE key = '{_SENT}'",
    ),
    "its message is gone": ("unfounded", _SENT, f"DELETE FROM messages WHERE key = '{_MAIL}'"),
    "its message was never accepted": (
        "unfounded",
        _SENT,
        f"UPDATE messages SET state = 'withdrawn' WHERE key = '{_MAIL}'",
    ),
    "sent three days late": (
        "late",
        _SENT,
        "UPDATE messages SET sealed_at = '2009-11-09T09:00:00Z', accepted_at = '2009-11-09T09:00:00Z',"
        f" local_on = '2009-11-09' WHERE key = '{_MAIL}'",
    ),
    "sent before it was due": (
        "unfounded",
        _SENT,
        f"UPDATE messages SET sealed_at = '2009-11-05T09:00:00Z' WHERE key = '{_MAIL}'",
    ),
    "unknown": ("unknown", _SENT, f"UPDATE notices SET state = 'unknown' WHERE key = '{_SENT}'"),
    "cancelled though nothing was answered": (
        "unfounded",
        _SENT,
        f"UPDATE notices SET state = 'cancelled', reason = 'answered' WHERE key = '{_SENT}'",
    ),
    "cancelled as replanned though it was not": (
        "unfounded",
        _SENT,
        f"UPDATE notices SET state = 'cancelled', reason = 'replanned' WHERE key = '{_SENT}'",
    ),
    "waived though nobody waived": (
        "unfounded",
        _SENT,
        f"UPDATE notices SET state = 'waived', reason = 'made up' WHERE key = '{_SENT}'",
    ),
    "failed though the address is good": (
        "unfounded",
        _SENT,
        f"UPDATE notices SET state = 'failed', reason = 'no valid address' WHERE key = '{_SENT}'",
    ),
    "superseded by nothing": (
        "unfounded",
        _SENT,
        f"UPDATE notices SET state = 'superseded', reason = 'superseded by nothing' WHERE key = '{_SENT}'",
    ),
    "escalated before the post was told": (
        "early",
        f"{AZE}+3:baku.front-office",
        f"UPDATE notices SET decided_at = '2009-11-25T09:00:00Z' WHERE obligation = '{_REPORT}' AND days = 1",
    ),
    "still owed though it was answered": (
        "unfounded",
        f"{RUS}:v1:+14:gtip.director",
        f"UPDATE notices SET state = 'owed', reason = '', decided_at = NULL WHERE key = '{RUS}:v1:+14:gtip.director'",
    ),
    "still owed though it was planned anew": (
        "unfounded",
        f"{SEN}+14:gtip.director",
        f"UPDATE notices SET state = 'owed', reason = '', decided_at = NULL WHERE key = '{SEN}+14:gtip.director'",
    ),
    "asked on another day": (
        "altered obligation",
        _REPORT,
        f"UPDATE obligations SET opened_at = '2009-10-20T12:00:00Z' WHERE key = '{_REPORT}'",
    ),
    "never asked": ("altered obligation", _REPORT, f"UPDATE obligations SET opened_at = NULL WHERE key = '{_REPORT}'"),
    "planned for another day": (
        "altered obligation",
        _REPORT,
        f"UPDATE obligations SET planned_on = '2009-12-15' WHERE key = '{_REPORT}'",
    ),
    "due at another hour": (
        "altered obligation",
        _REPORT,
        f"UPDATE obligations SET due_at = '2009-11-16T19:59:59Z' WHERE key = '{_REPORT}'",
    ),
    "another plan than the log's": (
        "altered obligation",
        _REPORT,
        f"UPDATE obligations SET version = 2 WHERE key = '{_REPORT}'",
    ),
    "received though nothing came": (
        "altered obligation",
        _REPORT,
        f"UPDATE obligations SET standing = 'received', answered_at = '2009-11-25T12:00:00Z' WHERE key = '{_REPORT}'",
    ),
    "waived though nobody did": (
        "altered obligation",
        _REPORT,
        f"UPDATE obligations SET standing = 'waived' WHERE key = '{_REPORT}'",
    ),
    "missing though it came": (
        "altered obligation",
        "obligation:2010:progress-report:RUS",
        "UPDATE obligations SET standing = 'missing' WHERE key = 'obligation:2010:progress-report:RUS'",
    ),
    "an obligation is gone": ("missing obligation", _REPORT, f"DELETE FROM obligations WHERE key = '{_REPORT}'"),
    "an obligation of nobody": (
        "unpromised obligation",
        "obligation:2010:progress-report:FRA",
        "INSERT INTO obligations SELECT 'obligation:2010:progress-report:FRA', report_year, step, post, 'FRA', owner,"
        " planned_on, original_on, due_at, version, opened_at, standing, complete, answered_at, reason, approver"
        f" FROM obligations WHERE key = '{_REPORT}'",
    ),
    "all its notices are gone": (
        "nobody reminded",
        _REPORT,
        f"DELETE FROM notices WHERE obligation = '{_REPORT}'",
    ),
    "a digest doubled": (
        "message",
        f"{_MAIL[:-1]}2",
        "INSERT INTO messages SELECT replace(key, ':1', ':2'), report_year, position, channel, address, local_on, 2,"
        " subject, body, attachments, sealed_at, message_id || '2', statutory, obligation, state, reason, attempts,"
        " was_unknown, attempted_at, accepted_at, receipt, lease_owner, lease_until_clock"
        f" FROM messages WHERE key = '{_MAIL}'",
    ),
    "a mail to nobody": ("message", _MAIL, f"UPDATE messages SET address = '' WHERE key = '{_MAIL}'"),
    "a mail on another day": ("message", _MAIL, f"UPDATE messages SET local_on = '2009-11-04' WHERE key = '{_MAIL}'"),
    "a mail that lies there": (
        "message",
        _MAIL,
        f"UPDATE messages SET state = 'sealed', accepted_at = NULL WHERE key = '{_MAIL}'",
    ),
    "a receipt never written": (
        "nobody told",
        "obligation:2010:progress-report:RUS",
        "DELETE FROM messages WHERE key = 'message:2010:receipt:progress-report-RUS-v1'",
    ),
    "a changed deadline never told": (
        "nobody told",
        "obligation:2010:progress-report:SEN",
        "DELETE FROM messages WHERE key = 'message:2010:deadline:progress-report-SEN-v2'",
    ),
    "a request taken twice": (
        "message",
        "message:2010:action-request:AZE",
        "INSERT INTO acts SELECT (SELECT max(number) + 1 FROM acts), at, actor, act, object, details, previous_hash,"
        " hash FROM acts WHERE act = 'send' AND object = 'message:2010:action-request:AZE'",
    ),
    "a request that never went": (
        "altered obligation",
        "obligation:2010:action-request:AZE",
        "DELETE FROM messages WHERE key = 'message:2010:action-request:AZE'",
    ),
    "no tick since yesterday": (
        "missing tick",
        "remind-and-escalate",
        "UPDATE ledger SET last_tick_at = '2009-11-29T15:00:00Z';"
        f"UPDATE notices SET state = 'owed', message = NULL, decided_at = NULL WHERE key = '{AZE}+14:gtip.director'",
    ),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_each_way_of_breaking_the_ledger_is_named(ledger: sqlite3.Connection, broken: str) -> None:
    kind, about, sql = BREAKS[broken]

    before = ledger.total_changes
    ledger.executescript(f"PRAGMA foreign_keys = OFF; {sql};")

    assert ledger.total_changes > before, "the ledger was not broken"
    assert (kind, about) in _told()


def test_a_second_digest_of_a_day_that_could_have_waited_is_named(ledger: sqlite3.Connection) -> None:
    second = f"{_MAIL[:-1]}2"
    kind, _, sql = BREAKS["a digest doubled"]
    ledger.executescript(f"{sql}; UPDATE notices SET message = '{second}' WHERE key = '{_SENT}';")

    assert ("doubled digest", second) in _told()
    assert kind == "message"


def test_a_step_that_is_owed_for_more_than_a_day_is_named(kept: Story) -> None:
    def owed(at: str) -> list[str]:
        return [one.about for one in watchman(YEAR, utc(at)).watch.differences if one.kind == "step owed"]

    assert owed("2009-12-15 20:00") == []
    assert owed("2009-12-16 20:00") == ["reporting-instructions"]
    assert owed("2009-12-20 20:00") == ["reporting-instructions", "interim-draft"]


def test_a_cleared_request_that_does_not_go_out_and_a_list_not_recorded_are_named(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        assert [one.about for one in watchman(YEAR, utc("2009-09-02 12:00")).watch.differences] == ["open-cycle"]
        cycle.open_and_clear()

        kinds = [one.about for one in watchman(YEAR, utc("2009-09-23 12:00")).watch.differences]

    assert kinds.count("action-request AZE") == 1
    assert sum(one.startswith("action-request ") for one in kinds) == 56


def test_documents_whose_turn_it_is_and_releases_without_files_are_named(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        cycle.open_and_ask()
        draft_interim(utc("2009-12-18 12:00"))
        turn = [one for one in watchman(YEAR, utc("2009-12-18 13:00")).watch.differences if "turn" in one.what]
        assert turn
        assert {one.kind for one in turn} == {"clearance not asked"}
        cycle.tick(utc("2009-12-18 15:00"))
        asked = [one.kind for one in watchman(YEAR, utc("2009-12-18 15:10")).watch.differences]
        assert "clearance not asked" not in asked

        clear_interim(utc("2010-01-12 12:00"))
        released_at = utc("2010-01-14 12:00")
        release_interim(released_at)
        (tmp_path / "releases/2010/interim-assessment/v1/interim-assessment.md").unlink()
        lost = watchman(YEAR, released_at + timedelta(minutes=5)).watch.differences

    assert "release without files" in [one.kind for one in lost]


def test_a_post_that_was_instructed_and_owes_no_annual_submission_is_named(tmp_path: Path) -> None:
    with story(tmp_path) as cycle:
        cycle.open_and_ask()
        france = "obligation:2010:annual-submission:FRA"
        stand_done("reporting-instructions", utc("2009-12-14 14:00"))
        with sqlite3.connect(tmp_path / "tipcycle.sqlite3") as ledger:
            ledger.execute(
                "UPDATE obligations SET opened_at = NULL WHERE key = 'obligation:2010:annual-submission:FRA'"
            )

        told = {one.about: one.what for one in watchman(YEAR, utc("2009-12-14 15:00")).watch.differences}

    assert told[france] == "had to be asked on 2009-12-14T14:00:00Z and was not opened"
