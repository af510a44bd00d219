"""A cable goes out only when its very text was cleared; what waits escalates and never goes by itself."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.errors import ConfigError, StoreError
from tipcycle.model.clearance import Decision
from tipcycle.operations.clear_documents import ClearanceReport, clear_documents
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.read_proof import read_proof
from tipcycle.operations.request_drafts import write_drafts
from tipcycle.operations.send_action_requests import owed_requests, send_action_requests
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store

CLEARED_AT, PLANNED = utc("2009-09-18 12:00"), utc("2009-09-21 14:00")


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    """A cycle whose list is recorded, with a config of its own; no request is cleared."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    with story(tmp_path / "var") as cycle:
        monkeypatch.setenv("TIPCYCLE_CONFIG_DIR", str(tmp_path / "config"))
        open_cycle(YEAR, utc("2009-08-31 12:00"))
        open_cycle(YEAR, utc("2009-09-14 12:00"))
        yield cycle


def decide(
    position: str, *countries: str, decision: Decision = "cleared", excluding: tuple[str, ...] = (), note: str = ""
) -> ClearanceReport:
    return clear_documents(
        YEAR,
        decision=decision,
        position=position,
        countries=countries,
        excluding=excluding,
        note=note,
        at=CLEARED_AT,
        preview=False,
    )


def send() -> None:
    for _, countries in owed_requests(YEAR, PLANNED).by_post:
        asyncio.run(send_action_requests(YEAR, countries, PLANNED))


def sent(cycle: Story) -> set[str]:
    return {key.rpartition(":")[2] for key in cycle.gateway.accepted}


def test_nothing_uncleared_goes_out_and_each_says_why_it_waits(listed: Story) -> None:
    owed = owed_requests(YEAR, PLANNED)
    asyncio.run(send_action_requests(YEAR, ("AZE", "SEN"), PLANNED))

    assert owed.by_post == ()
    assert owed.line == "56 action requests owed, 56 of them wait for clearance"
    assert dict(owed.uncleared)["AZE"] == "nobody has decided yet"
    assert sent(listed) == set()


def test_a_bureau_clears_all_of_its_own_with_exclusions(listed: Story) -> None:
    report = decide("eur.bureau", excluding=("AZE",))
    send()

    assert sent(listed) == {"LVA", "MDA", "MNE", "RUS", "UKR"}
    assert "AZE: left out, as asked" in report.lines
    assert report.lines[-1] == "50 more are for other positions to decide"


def test_a_text_that_changed_after_clearance_does_not_go_out(listed: Story) -> None:
    decide("gtip.director", "AZE", "SEN")
    plan = settings().config_dir / "cycles" / "2010" / "plans" / "AZE.yaml"
    plan.write_text(plan.read_text().replace("Provide enough money", "Provide all the money"))

    owed = owed_requests(YEAR, PLANNED)
    asyncio.run(send_action_requests(YEAR, ("AZE",), PLANNED))
    send()

    assert dict(owed.uncleared)["AZE"] == (
        "its text changed after it was cleared by gtip.director on 2009-09-18; clear it again"
    )
    assert sent(listed) == {"SEN"}


def test_a_returned_request_waits_until_it_is_cleared(listed: Story) -> None:
    decide("af.bureau", "SEN", decision="returned", note="name the ministry")
    waiting = dict(owed_requests(YEAR, PLANNED).uncleared)["SEN"]
    decide("af.bureau", "SEN")
    send()

    assert waiting == "returned by af.bureau on 2009-09-18: name the ministry"
    assert sent(listed) == {"SEN"}


def test_clearing_twice_is_one_decision_and_a_sent_request_is_not_decided_upon(listed: Story) -> None:
    decide("gtip.director", "AZE")
    with pytest.raises(StoreError, match=r"AZE: gtip\.director cleared this text on 2009-09-18"):
        decide("eur.bureau", "AZE")
    again = decide("eur.bureau")
    send()

    assert again.decided == 5
    assert "AZE: gtip.director cleared this text on 2009-09-18 already" in again.lines
    with pytest.raises(StoreError, match="AZE: has no action request that waits"):
        decide("gtip.director", "AZE")


def test_a_country_is_named_by_iso3_or_name_whatever_its_case(listed: Story) -> None:
    report = decide("gtip.director", "aze", "Senegal", excluding=("SENEGAL",))

    assert [line.partition(":")[0] for line in report.lines] == ["AZE", "SEN"]
    assert report.decided == 1
    with pytest.raises(ConfigError, match='no country "Azerbaijn"'):
        decide("gtip.director", "Azerbaijn")


def test_a_preview_decides_nothing(listed: Story) -> None:
    report = clear_documents(
        YEAR, decision="cleared", position="gtip.director", countries=("AZE",), at=CLEARED_AT, preview=True
    )

    assert report.lines[0].startswith("AZE: clear the cable to Azerbaijan, ")
    with Store.read(settings().ledger_url) as store:
        assert store.clearances.latest(YEAR) == {}


def change_plan(old: str, new: str) -> None:
    plan = settings().config_dir / "cycles" / "2010" / "plans" / "AZE.yaml"
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), encoding="utf-8")


def test_a_cable_that_our_own_check_rejects_is_neither_cleared_nor_sent(listed: Story) -> None:
    change_plan("Provide enough money", f"See reftel Z and para 99 of {'x' * 80} and provide money")
    with pytest.raises(StoreError, match=r"AZE: not fit to go out: para \d+, line \d+: .* \(and \d more\)"):
        decide("gtip.director", "AZE")

    report = decide("gtip.director")
    owed = owed_requests(YEAR, PLANNED)
    asyncio.run(send_action_requests(YEAR, ("AZE",), PLANNED))

    assert report.decided == 55
    assert any(line.startswith("AZE: left out, not fit to go out: ") for line in report.lines)
    assert owed.line.startswith(
        "56 action requests owed, 1 of them waits for clearance; AZE waits, not fit to go out: "
    )
    assert sent(listed) == set()


def test_a_preview_shows_what_to_look_at_in_the_text(listed: Story) -> None:
    change_plan("Provide enough money", "Provide Gəncə with enough money")

    report = clear_documents(
        YEAR, decision="cleared", position="gtip.director", countries=("AZE",), at=CLEARED_AT, preview=True
    )

    assert [line for line in report.lines if line.startswith("AZE: warning: A cable carries ASCII only")]


@pytest.mark.parametrize(
    ("position", "countries", "decision", "told"),
    [
        ("af.bureau", ("AZE",), "cleared", "Baku belongs to Bureau EUR"),
        ("gtip.action-officer", (), "cleared", "may decide upon none of 56 requests"),
        ("baku.front-office", ("AZE",), "cleared", "a post does not clear what it is asked"),
        ("nobody", (), "cleared", '"nobody" is not a position'),
        ("gtip.director", ("FRA",), "cleared", "FRA: has no action request that waits"),
        ("gtip.director", ("AZE",), "returned", "for a reason; give one"),
    ],
)
def test_what_may_not_be_decided_is_refused_with_its_reason(
    listed: Story, position: str, countries: tuple[str, ...], decision: Decision, told: str
) -> None:
    with pytest.raises(StoreError, match=told):
        decide(position, *countries, decision=decision)


def test_an_uncleared_request_climbs_its_ladder_to_bureau_and_director(listed: Story) -> None:
    for day in ("2009-09-18 14:00", "2009-09-22 14:00", "2009-09-24 14:00", "2009-09-28 14:00"):
        listed.tick(utc(day))

    states = listed.notices("action-request:AZE")
    assert {rung: state for rung, (state, _) in states.items()} == {
        (-3, "gtip.action-officer"): "sent",
        (-3, "eur.bureau"): "sent",
        (1, "gtip.action-officer"): "sent",
        (1, "gtip.alternate"): "sent",
        (3, "eur.bureau"): "sent",
        (7, "gtip.director"): "sent",
    }
    assert sent(listed) == set()


def test_whoever_is_reminded_reads_that_clearance_is_missing_and_what_helps(listed: Story) -> None:
    change_plan("Provide enough money", "See reftel Z and provide enough money")
    listed.tick(utc("2009-09-22 14:00"))

    with Store.read(settings().ledger_url) as store:
        bodies = [one.body for one in store.messages.of_cycle(YEAR) if one.position == "gtip.action-officer"]
    told = "\n".join(bodies)
    latvia = "tipcycle clear action-request --report-year 2010 --country LVA --by eur.bureau --yes"

    assert "Not sent    its clearance is missing: nobody has decided yet\n               " + latvia in told
    assert "Not sent    its clearance is missing: not fit to go out: " in told
    assert "tipcycle plan check config/cycles/2010/plans/AZE.yaml" in told
    (asked,) = read_proof("Riga", YEAR)["action_requests"]
    assert (asked["sent_at"], asked["waits_because"], asked["clear_with"]) == (None, "nobody has decided yet", latvia)


def test_drafts_are_written_for_the_clearers_to_read(listed: Story) -> None:
    assert write_drafts(YEAR) == 56

    text = (settings().var_dir / "drafts" / "2010" / "AZE.txt").read_text(encoding="utf-8")
    assert "TO AMEMBASSY BAKU" in text


def test_decisions_are_acts_of_the_log(listed: Story) -> None:
    decide("gtip.director", "AZE")

    with Store.read(settings().ledger_url) as store:
        assert list(store.acts.breaks()) == []
        last = store.clearances.latest(YEAR)["document:2010:action-request:AZE"]
    assert (last.number, last.position, last.decision) == (1, "gtip.director", "cleared")


def test_a_decision_counts_from_the_latest_moment_that_the_ledger_knows(listed: Story) -> None:
    def decided(at: str, decision: Decision) -> str:
        clear_documents(
            YEAR,
            decision=decision,
            position="gtip.director",
            countries=("AZE",),
            note="see the bureau",
            at=utc(at),
            preview=False,
        )
        with Store.read(settings().ledger_url) as store:
            last = store.clearances.latest(YEAR)["document:2010:action-request:AZE"]
        return f"{last.number} {last.decided_at:%Y-%m-%d %H:%M}"

    before_the_list = decided("2009-01-01 12:00", "cleared")
    in_order = decided("2009-09-16 12:00", "returned")
    before_the_other = decided("2009-09-15 12:00", "cleared")
    listed.tick(utc("2009-09-17 14:00"))
    before_the_tick = decided("2009-09-16 13:00", "returned")

    assert before_the_list == "1 2009-09-14 12:00"
    assert in_order == "2 2009-09-16 12:00"
    assert before_the_other == "3 2009-09-16 12:00"
    assert before_the_tick == "4 2009-09-17 14:00"
