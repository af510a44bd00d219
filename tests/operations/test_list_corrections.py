"""A correction of placements after the list was recorded: it is said, shown, applied once, and nothing is lost."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.smoke.story import YEAR, Story, progress_report, story, utc
from tipcycle.cli import main
from tipcycle.errors import ConfigError, StoreError
from tipcycle.model.obligation import Obligation
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.correct_list import ListChange, correct_list
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.read_status import read_status
from tipcycle.operations.send_action_requests import owed_requests, send_action_requests
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store

RECORDED, NOW = utc("2009-09-14 12:00"), utc("2009-10-12 15:00")


@pytest.fixture
def corrected(tmp_path: Path, asked_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """A cycle in which every request is out, with a config of its own."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    with story(tmp_path / "var", ledger=asked_ledger) as cycle:
        monkeypatch.setenv("TIPCYCLE_CONFIG_DIR", str(tmp_path / "config"))
        yield cycle


def correct_placement(iso3: str, tier: str, *, on: str = "2009-10-08") -> None:
    with (settings().config_dir / "placements" / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write(f"2009,{iso3},{tier},{on},made up,no\n")


def write_plan(iso3: str) -> None:
    folder = settings().config_dir / "cycles" / "2010" / "plans"
    text = (folder / "SEN.yaml").read_text(encoding="utf-8").replace("country: SEN", f"country: {iso3}")
    (folder / f"{iso3}.yaml").write_text(text, encoding="utf-8")


def apply(*, at: datetime = NOW, preview: bool = False) -> ListChange:
    return correct_list(YEAR, position="gtip.director", reason="made up", at=at, preview=preview)


def listed() -> dict[str, str]:
    with Store.read(settings().ledger_url) as store:
        return {one.iso3: one.group for one in store.cycles.special_watch_list(YEAR)}


def owed(step: str, iso3: str) -> Obligation:
    with Store.read(settings().ledger_url) as store:
        return store.obligations.get(f"obligation:{YEAR}:{step}:{iso3}")


def test_open_cycle_and_status_say_that_the_placements_give_another_list(
    corrected: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    corrected.tick(NOW)
    before = read_status(YEAR)["list_to_correct"]
    correct_placement("TGO", "2WL")
    correct_placement("SEN", "2")

    told = "the placements now give another special watch list than was recorded: +TGO −SEN; form correct-list, or"
    assert before is None
    assert told in open_cycle(YEAR, NOW).line
    assert str(read_status(YEAR)["list_to_correct"]).startswith(told)
    main(["status"])
    assert f"alarm: {told}" in capsys.readouterr().out


def test_an_entry_that_comes_is_asked_from_now_on(corrected: Story) -> None:
    correct_placement("TGO", "2WL")
    write_plan("TGO")

    change = apply()

    assert change.lines[0].startswith("+TGO: Tier 2 Watch List (2009 Report: Tier 2 Watch List; 2008 Report: ")
    assert "planned for Mon 21 Sep 2009; that day is over: give it another" in change.lines[1]
    assert listed()["TGO"] == "tier_2_watch_list"
    request = owed("action-request", "TGO")
    assert (request.opened_at, request.standing) == (NOW, "missing")
    assert owed("progress-report", "TGO").opened_at is None
    clear_documents(YEAR, decision="cleared", position="gtip.director", countries=["TGO"], at=NOW, preview=False)
    assert owed_requests(YEAR, NOW).by_post == (("lome", ("TGO",)),)


def test_an_entry_without_a_plan_is_not_added(corrected: Story) -> None:
    correct_placement("TGO", "2WL")

    with pytest.raises(ConfigError, match=r"plans/TGO.yaml: a Tier 2 Watch List country needs a plan; write one"):
        apply()
    assert "TGO" not in listed()


def test_of_an_entry_that_goes_nothing_more_is_asked_and_nothing_received_is_lost(corrected: Story) -> None:
    correct_placement("SEN", "2")

    change = apply()
    corrected.tick_hourly(utc("2009-11-12 00:00"), utc("2009-11-16 12:00"))

    assert "SEN" not in listed()
    assert change.lines[0].startswith("−SEN: was Tier 2 Watch List")
    assert "  demarche: stays as received" in change.lines
    assert "  progress-report: withdrawn, 10 pending notices cancelled" in change.lines
    assert owed("demarche", "SEN").standing == "received"
    report = owed("progress-report", "SEN")
    assert (report.standing, report.approver) == ("waived", "gtip.director")
    assert report.reason == "no longer on the special watch list: made up"
    assert set(corrected.notices("progress-report:SEN").values()) == {("cancelled", "withdrawn")}
    assert owed("progress-report", "GNB").standing == "missing"  # Dakar's other country


def test_what_an_entry_that_went_sends_all_the_same_is_kept(corrected: Story) -> None:
    correct_placement("SEN", "2")
    apply()

    corrected.drop("SEN.yaml", progress_report("SEN", "Dakar"))
    (taken,) = corrected.take_in(utc("2009-11-10 09:00"))

    assert taken.outcome == "accepted"


def test_another_group_is_recorded_and_asks_nothing_new(corrected: Story) -> None:
    correct_placement("OMN", "2WL")
    write_plan("OMN")

    change = apply()

    assert change.lines[0].startswith("OMN: moved up from Tier 3 → Tier 2 Watch List (")
    assert "went out in the words of the group before" in change.lines[1]
    assert listed()["OMN"] == "tier_2_watch_list"


def test_a_preview_changes_nothing_and_twice_is_once(corrected: Story) -> None:
    correct_placement("SEN", "2")

    preview = apply(preview=True)
    before = "SEN" in listed()
    done = apply()
    again = apply()

    assert (preview.lines, preview.done, before) == (done.lines, False, True)
    assert (again.changed, again.lines) == (0, ("the list is the one that the placements give; nothing to correct",))
    with Store.read(settings().ledger_url) as store:
        assert len(store.cycles.list_corrections(YEAR)) == 1


def test_what_was_on_the_list_when_stays_provable(corrected: Story) -> None:
    correct_placement("SEN", "2")
    apply()
    correct_placement("SEN", "2WL", on="2009-10-20")
    apply(at=utc("2009-10-21 15:00"))

    with Store.read(settings().ledger_url) as store:
        on = [
            "SEN" in {one.iso3 for one in store.cycles.special_watch_list(YEAR, at=at)}
            for at in (RECORDED, NOW, utc("2009-10-21 14:00"), utc("2009-10-21 15:00"))
        ]
        recorded = {one.iso3 for one in store.cycles.recorded_list(YEAR)}
    assert on == [True, False, False, True]
    assert "SEN" in recorded


def test_an_entry_that_comes_back_is_asked_again_with_a_new_plan(corrected: Story) -> None:
    correct_placement("SEN", "2")
    apply()
    correct_placement("SEN", "2WL", on="2009-10-20")
    apply(at=utc("2009-10-21 15:00"))

    report = owed("progress-report", "SEN")
    assert (report.standing, report.version, report.opened_at is not None) == ("missing", 2, True)
    states = {state for state, _ in corrected.notices("progress-report:SEN").values()}
    assert "owed" in states
    assert owed("demarche", "SEN").standing == "received"


def test_a_correction_dated_before_the_recording_counted_when_it_was_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    with story(tmp_path / "var"):
        monkeypatch.setenv("TIPCYCLE_CONFIG_DIR", str(tmp_path / "config"))
        correct_placement("SEN", "2", on="2009-09-10")
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        with pytest.raises(StoreError, match="no list is recorded yet"):
            apply(at=utc("2009-09-01 12:00"))
        open_cycle(YEAR, RECORDED)

        assert "SEN" not in listed()
        assert apply().changed == 0


def test_a_post_does_not_correct_the_list_and_a_reason_is_needed(corrected: Story) -> None:
    correct_placement("SEN", "2")

    with pytest.raises(StoreError, match="is at a post"):
        correct_list(YEAR, position="dakar.action-officer", reason="made up", at=NOW, preview=True)
    with pytest.raises(StoreError, match="for a reason; give one"):
        correct_list(YEAR, position="gtip.director", reason=" ", at=NOW, preview=True)


def test_a_request_that_was_sealed_and_not_sent_is_withdrawn_and_goes_out_when_its_country_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    with story(tmp_path / "var") as cycle:
        monkeypatch.setenv("TIPCYCLE_CONFIG_DIR", str(tmp_path / "config"))
        cycle.open_and_clear()
        monkeypatch.setenv("TIPCYCLE_GATEWAY_URL", "http://127.0.0.1:9/nobody-listens")
        asyncio.run(send_action_requests(YEAR, ("SEN",), utc("2009-09-21 14:00")))
        correct_placement("SEN", "2", on="2009-09-22")
        apply(at=utc("2009-09-22 14:00"))
        key = f"message:{YEAR}:action-request:SEN"
        with Store.read(settings().ledger_url) as store:
            withdrawn = store.messages.find(key)
        correct_placement("SEN", "2WL", on="2009-09-23")
        apply(at=utc("2009-09-23 14:00"))
        with Store.read(settings().ledger_url) as store:
            again = store.messages.find(key)

        monkeypatch.setenv("TIPCYCLE_GATEWAY_URL", cycle.gateway.url)
        asyncio.run(send_action_requests(YEAR, ("SEN",), utc("2009-09-23 15:00")))

        assert (withdrawn and withdrawn.state, again and again.state) == ("withdrawn", "sealed")
        assert list(cycle.gateway.accepted) == [key]
        assert owed("progress-report", "SEN").opened_at is not None
