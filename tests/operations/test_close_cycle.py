"""A cycle is closed by signing what changes to the next; nothing is asked in it afterwards, and the next may open."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.smoke.story import YEAR, Story, progress_report, utc
from tests.steps import stand_done
from tipcycle.config.plans import read_plan
from tipcycle.errors import ConfigError, Fault, StoreError
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.close_cycle import ClosingReport, close_cycle, reopen_cycle
from tipcycle.operations.context import context
from tipcycle.operations.obligation_life import ask_duty
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.record_step import record_step
from tipcycle.operations.request_drafts import drafts_of
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.rules.special_watch_list import special_watch_list
from tipcycle.settings import settings
from tipcycle.store import Store

DIRECTOR = "gtip.director"
CLOSED = utc("2010-07-01 12:00")
OPENS = utc("2010-08-30 12:00")


def _record(step: str, at: str) -> None:
    stand_done(step, utc(at))


@pytest.fixture
def released(asked: Story) -> Story:
    """Azerbaijan reported one item implemented and the rest begun; nobody else did; the Report is out."""
    items = [
        {"id": item.id, "status": "implemented" if item.id == "HP1" else "begun", "narrative": "Made up."}
        for item in context(YEAR).config.plans["AZE"].recommendations
    ]
    asked.drop("aze.yaml", progress_report("AZE", "Baku", items=items))
    asked.take_in(utc("2009-11-10 12:00"))
    asked.tick(utc("2009-11-20 15:00"))
    _record("report-release", "2010-06-14 16:00")
    return asked


def _shown(at: datetime = CLOSED) -> ClosingReport:
    return close_cycle(YEAR, position=DIRECTOR, at=at)


def _sign(at: datetime = CLOSED) -> ClosingReport:
    return close_cycle(YEAR, position=DIRECTOR, signed=_shown(at).hash, at=at)


def test_without_a_signature_nothing_is_done(released: Story) -> None:
    report = _shown()

    assert report.closed is False
    assert report.path == settings().var_dir / "drafts" / "2010" / "roll-over.md"
    assert report.hash in report.path.read_text(encoding="utf-8")
    with Store.read(settings().ledger_url) as store:
        assert store.cycles.get(YEAR).closed_at is None


def test_the_diff_tells_what_changes_to_the_next_cycle(released: Story) -> None:
    diff = _shown().diff

    assert [len(diff["watch_list"][group]) for group in ("stays", "joins", "leaves")] == [37, 24, 19]
    assert [one["parameter"] for one in diff["law"]] == ["waiver-decided-by"]
    ours = [one for one in diff["carried_on"] if one["iso3"] == "AZE"]
    assert "HP1" not in {one["id"] for one in ours}
    assert {(one["status"], one["source"], one["reported_on"]) for one in ours} == {
        ("begun", "progress-report v1", "2009-11-10")
    }
    assert {one["status"] for one in diff["carried_on"] if one["iso3"] == "SEN"} == {"no report"}
    assert "report-release: 2010-06-14, 13 days after the law's day 2010-06-01" in diff["released"]
    assert "obligation:2010:progress-report:SEN" in diff["missing"]


def test_the_hash_stays_while_nothing_changes_whatever_the_day(released: Story) -> None:
    assert _shown().hash == _shown(utc("2010-07-09 12:00")).hash


def test_a_diff_that_changed_since_it_was_read_is_read_again(released: Story) -> None:
    read = _shown().hash
    _record("interim-release", "2010-07-01 13:00")

    with pytest.raises(
        StoreError, match="is not the hash of the roll-over as it stands: something changed since it was read"
    ):
        close_cycle(YEAR, position=DIRECTOR, signed=read, at=utc("2010-07-01 14:00"))


def test_only_the_director_signs_and_only_after_the_report(asked: Story) -> None:
    shown = _shown()
    read = shown.hash

    assert shown.line.startswith("roll-over to 2011 cannot be signed yet: cycle 2010 has not released its Report")
    with pytest.raises(StoreError, match="has not released its Report yet"):
        close_cycle(YEAR, position=DIRECTOR, signed=read, at=CLOSED)
    with pytest.raises(StoreError, match=r"eur\.bureau does not sign the end of a cycle"):
        close_cycle(YEAR, position="eur.bureau", signed=read, at=CLOSED)


def test_closing_ends_the_asking_and_keeps_the_history(released: Story) -> None:
    with Store.read(settings().ledger_url) as store:
        missing = [one.key for one in store.obligations.of_cycle(YEAR) if one.standing == "missing"]
        owed = [one.key for one in store.notices.of_cycle(YEAR) if one.state == "owed"]
    before = released.sent()

    report = _sign()

    ticked = released.tick(utc("2010-07-02 15:00"))
    assert (report.closed, bool(owed)) == (True, True)
    assert released.sent() == before
    assert (ticked.unreachable, ticked.delivery.problems) == ((), [])
    with Store.read(settings().ledger_url) as store:
        assert [one.key for one in store.obligations.of_cycle(YEAR) if one.standing == "missing"] == missing
        became = {(one.state, one.reason) for one in store.notices.of_cycle(YEAR) if one.key in owed}
        assert became == {("cancelled", "closed")}
        assert store.nothing_to_do(utc("2010-07-03 15:00"))
        act = store.acts.all()[-1]
    assert (act.act, act.actor, act.details) == ("close-cycle", DIRECTOR, {"roll_over": report.hash})
    assert verify_ledger() == []


def test_what_was_sealed_and_not_sent_is_taken_back(released: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPCYCLE_SMTP_PORT", "1")  # nobody listens there
    released.tick(utc("2009-11-25 15:00"))
    with Store.read(settings().ledger_url) as store:
        waiting = [one.key for one in store.messages.in_states(YEAR, ("sealed",)) if one.n > 0]
    assert waiting

    _sign()

    with Store.read(settings().ledger_url) as store:
        assert {store.messages.find(key).state for key in waiting} == {"withdrawn"}  # type: ignore[union-attr]


def test_a_closed_cycle_takes_nothing_until_it_is_opened_again(released: Story) -> None:
    _sign()

    released.drop("sen.yaml", progress_report("SEN", "Dakar"))
    (taken,) = released.take_in(utc("2010-07-02 12:00"))
    with pytest.raises(StoreError, match="cycle 2010 was closed on 2010-07-01 and stays as it is"):
        change_deadline(
            YEAR,
            step="progress-report",
            country="SEN",
            planned_on=date(2010, 8, 1),
            reason_class="post asked",
            reason="made up",
            approver=DIRECTOR,
            at=CLOSED,
            preview=True,
        )
    with pytest.raises(StoreError, match="was closed on"):
        record_step(YEAR, step="full-draft", actor=DIRECTOR, note="", at=utc("2010-07-02 13:00"))
    reopened = reopen_cycle(YEAR, position=DIRECTOR, reason="a report came in", at=utc("2010-07-02 14:00"))
    released.drop("again.yaml", progress_report("SEN", "Dakar"))
    (again,) = released.take_in(utc("2010-07-02 15:00"))

    assert (taken.outcome, again.outcome) == ("refused", "accepted")
    assert "Cycle 2010 was closed on" in taken.findings[0].message
    assert reopened == "cycle 2010: open again, by gtip.director: a report came in"


def test_nobody_is_asked_for_anything_new_in_a_closed_cycle(released: Story) -> None:
    _sign()

    with (
        pytest.raises(StoreError, match="was closed on 2010-07-01"),
        Store.begin(settings().ledger_url) as store,
    ):
        ask_duty(store, context(YEAR), "clear-documents", "eur.bureau.1", owner="eur.bureau", at=CLOSED)


@pytest.fixture
def without_2010(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A config that does not hold the placements of the 2010 Report."""
    shutil.copytree(settings().config_dir, tmp_path / "config")
    history = tmp_path / "config" / "placements" / "tier_history.csv"
    rows = history.read_text(encoding="utf-8").splitlines(keepends=True)
    history.write_text("".join(row for row in rows if not row.startswith("2010,")), encoding="utf-8")
    monkeypatch.setenv("TIPCYCLE_CONFIG_DIR", str(tmp_path / "config"))


def test_without_the_placements_of_the_report_nothing_is_signed_and_no_list_is_recorded(
    released: Story, without_2010: None
) -> None:
    shown = _shown()

    assert shown.lines[0] == "special watch list: not known, config/placements has no 2010 Report"
    with pytest.raises(StoreError, match="has no placements of its Report in config/placements yet"):
        close_cycle(YEAR, position=DIRECTOR, signed=shown.hash, at=CLOSED)
    with Store.begin(settings().ledger_url) as store:
        store.cycles.close(YEAR, CLOSED)
    opened = open_cycle(2011, utc("2010-09-10 12:00"))
    assert opened.line == (
        "cycle 2011: the special watch list waits: config/placements has no placement of the 2010 Report"
    )


def test_a_cycle_is_opened_again_only_for_a_reason_and_by_the_director(released: Story) -> None:
    with pytest.raises(StoreError, match="cycle 2010 is open"):
        reopen_cycle(YEAR, position=DIRECTOR, reason="made up", at=CLOSED)
    _sign()

    with pytest.raises(StoreError, match="for a reason; give one"):
        reopen_cycle(YEAR, position=DIRECTOR, reason=" ", at=CLOSED)
    with pytest.raises(StoreError, match="the director does"):
        reopen_cycle(YEAR, position="gtip.action-officer", reason="made up", at=CLOSED)


def test_the_next_cycle_waits_for_the_signature_and_then_follows_the_rule(released: Story) -> None:
    waiting = open_cycle(2011, OPENS)
    _sign()
    opened = open_cycle(2011, OPENS)
    listed = open_cycle(2011, utc("2010-09-10 12:00"))

    assert waiting.line == (
        "cycle 2011: waits until the roll-over of cycle 2010 is signed; form close-cycle, or tipcycle close-cycle"
    )
    assert (waiting.opened, opened.opened, listed.listed) == (False, True, 61)
    config = context(2011).config
    by_rule = special_watch_list(
        config.placements, 2010, on=utc("2010-09-10 12:00").date(), territories=config.territories
    )
    with Store.read(settings().ledger_url) as store:
        assert store.cycles.special_watch_list(2011) == list(by_rule)


def test_a_request_of_the_next_cycle_waits_for_its_plan(released: Story) -> None:
    _sign()
    open_cycle(2011, OPENS)
    open_cycle(2011, utc("2010-09-10 12:00"))

    with Store.read(settings().ledger_url) as store:
        drafts = drafts_of(store, context(2011), ["AZE", "TWN"])

    assert drafts["AZE"].standing.because.startswith(
        "not fit to go out: config/cycles/2011/plans/AZE.yaml: no plan yet"
    )
    assert "config/references.yaml" in drafts["TWN"].standing.because
    assert released.tick(utc("2010-09-22 15:00")).delivery.problems == []


def test_the_signed_text_and_a_draft_of_each_plan_are_written(released: Story) -> None:
    report = _sign()

    folder = settings().var_dir / "documents" / "2010" / "roll-over"
    kept = json.loads((folder / "roll-over.json").read_text(encoding="utf-8"))
    assert (kept["hash"], kept["signed_by"], kept["roll_over"]) == (report.hash, DIRECTOR, report.diff)
    text = (folder / "roll-over.md").read_text(encoding="utf-8")
    assert text.startswith("SENSITIVE BUT UNCLASSIFIED\n")
    assert f"Signed by gtip.director at Thu 1 Jul 2010 12:00 UTC; hash `{report.hash}`" in text
    assert len(list((folder / "plans").glob("*.yaml"))) == 61
    plan = _plan(folder / "plans" / "AZE.yaml")
    assert plan == [item.id for item in context(YEAR).config.plans["AZE"].recommendations if item.id != "HP1"]


def _plan(path: Path) -> list[str]:
    faults: list[Fault] = []
    plan = read_plan(path, settings().config_dir, faults, file=path.name)
    assert faults == []
    assert plan is not None
    return [item.id for item in plan.recommendations]


def test_a_cycle_without_a_next_one_in_config_says_which_files_to_copy(released: Story) -> None:
    with pytest.raises(ConfigError) as refused:
        close_cycle(2011, position=DIRECTOR, at=CLOSED)

    assert str(refused.value).splitlines() == [
        "config/calendar/2012.yaml: cycle 2012 has no calendar yet; copy calendar/2011.yaml to it and set report_year, "
        "previous_report_on and each day",
        "config/holidays/2012.csv: no holidays of 2012 are stored; run: tipcycle renew-holidays 2012",
    ]


def test_a_cycle_is_not_closed_twice(released: Story) -> None:
    _sign()

    with pytest.raises(StoreError, match="was closed on 2010-07-01"):
        _shown()
