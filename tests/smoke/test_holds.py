"""A hold stops sending, never the ledger: nothing goes out while it stands, and nothing is lost when it ends."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.smoke.story import YEAR, Story, progress_report, story, utc
from tipcycle.cli import main
from tipcycle.errors import StoreError
from tipcycle.operations.context import context
from tipcycle.operations.hold import hold, lift_hold
from tipcycle.operations.plan_messages import plan_messages
from tipcycle.operations.preview_hold import preview_hold
from tipcycle.operations.read_proof import read_proof
from tipcycle.operations.read_status import read_status
from tipcycle.operations.send_action_requests import owed_requests, send_action_requests
from tipcycle.operations.watchman import facts_at
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.watchman.facts import Facts
from tipcycle.watchman.watch import watch

WHY = "embassy evacuated (made up)"


def _hold(scope: str, name: str, *, until: str, at: str) -> str:
    return hold(
        YEAR,
        scope=scope,  # type: ignore[arg-type]
        name=name,
        until_on=date.fromisoformat(until),
        reason=WHY,
        approver="gtip.director",
        at=utc(at),
    )


def _tick_daily(cycle: Story, first: str, last: str) -> None:
    at = utc(first)
    while at <= utc(last):
        cycle.tick(at)
        at += timedelta(days=1)


def test_a_post_held_over_three_rungs_gets_the_newest_once_the_hold_is_lifted(asked: Story) -> None:
    _hold("post", "Baku", until="2009-11-30", at="2009-10-12 14:00")

    _tick_daily(asked, "2009-10-13 09:00", "2009-11-10 09:00")

    held = asked.notices("progress-report:AZE")
    assert asked.sent_to("baku.action-officer") == []
    assert asked.sent_to("dakar.action-officer") != []
    assert {held[rung, "baku.action-officer"][0] for rung in (-30, -14, -7)} == {"owed"}
    (told,) = [one for one in read_proof("Baku", YEAR)["obligations"] if one["step"] == "progress-report"]
    reasons = {one["reason"] for one in told["notices"] if one["state"] == "owed" and one["rung"] == -30}
    assert reasons == {f"held until Mon 30 Nov 2009 by gtip.director: {WHY}"}

    told = lift_hold(1, reason="back at work (made up)", by="gtip.director", at=utc("2009-11-10 10:00"))
    asked.tick(utc("2009-11-10 11:00"))

    assert told == ("hold 1 on baku is lifted by gtip.director, and 3 notices wait no more: back at work (made up)")
    after = asked.notices("progress-report:AZE")
    assert asked.sent_to("baku.action-officer") == ["message:2010:baku.action-officer:email:2009-11-10:1"]
    assert after[-7, "baku.action-officer"][0] == "sent"
    assert {after[rung, "baku.action-officer"][0] for rung in (-30, -14)} == {"superseded"}


def test_the_watchman_misses_nothing_that_a_hold_keeps_back(asked: Story) -> None:
    _hold("post", "Baku", until="2009-11-30", at="2009-10-12 14:00")
    _tick_daily(asked, "2009-10-13 09:00", "2009-11-10 09:00")

    facts = facts_at(context(YEAR), utc("2009-11-10 09:30"))

    with_hold, without = (_said_of_baku(one) for one in (facts, replace(facts, holds=())))
    assert (with_hold, bool(without)) == ([], True)


def _said_of_baku(facts: Facts) -> list[str]:
    return [one.line for one in watch(facts).differences if "baku" in one.line]


def test_everything_held_for_ten_days_over_the_deadline_then_goes_once_and_in_order(asked: Story) -> None:
    asked.tick(utc("2009-11-09 14:00"))
    before, bureaus, decided = asked.sent(), asked.told_bureaus(), asked.counts()
    _hold("all", "", until="2009-11-20", at="2009-11-11 12:00")

    _tick_daily(asked, "2009-11-11 14:00", "2009-11-20 14:00")
    asked.tick(utc("2009-11-21 04:59"))

    assert asked.sent() == before
    assert asked.told_bureaus() == bureaus
    assert asked.counts() == decided, "whatever fell due is owed, and nothing was decided"
    asked.tick_hourly(utc("2009-11-22 00:00"), utc("2009-11-23 23:00"))
    first = asked.sent() - before
    assert set(first.values()) == {1}
    assert {key.split(":")[2].split(".")[1] for key in first if ":gtip" not in key} == {"action-officer", "alternate"}
    baku = asked.notices("progress-report:AZE")
    assert baku[1, "baku.action-officer"][0] == "sent"
    assert baku[-1, "baku.action-officer"][0] == "superseded"
    assert baku[7, "eur.bureau"][0] == "owed"
    assert sum(asked.told_bureaus().values()) == sum(bureaus.values()) + 6
    assert sum(asked.counts().values()) == sum(decided.values())


def test_what_was_sealed_and_not_sent_waits_and_is_written_anew_on_a_later_day(asked: Story) -> None:
    plan_messages(utc("2009-10-16 09:00"))  # sealed, and nobody came to deliver
    asked.drop("AZE.yaml", progress_report("AZE", "Baku", submitted_by="baku.action-officer"))
    asked.take_in(utc("2009-10-16 09:30"))
    _hold("bureau", "eur", until="2009-10-20", at="2009-10-16 09:40")

    asked.tick(utc("2009-10-16 10:00"))
    status = read_status(YEAR)["held"]

    assert asked.sent_to("dakar.action-officer") != []
    assert not [key for key in asked.mailbox.accepted if "AZE" in key and ":receipt:progress" in key]
    assert asked.sent_to("kyiv.action-officer") == []
    assert status["messages"] > 1
    asked.tick(utc("2009-10-21 10:00"))
    assert [key for key in asked.mailbox.accepted if "AZE" in key and ":receipt:progress" in key]
    assert asked.sent_to("kyiv.action-officer") == ["message:2010:kyiv.action-officer:email:2009-10-21:1"]


def test_an_action_request_to_a_held_post_is_not_sealed_until_the_hold_is_lifted(tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    with story(tmp_path_factory.mktemp("held")) as cycle:
        cycle.open_and_clear()
        _hold("post", "dakar", until="2009-10-30", at="2009-09-20 12:00")
        at = utc("2009-09-21 14:00")
        owed = owed_requests(YEAR, at)
        asyncio.run(send_action_requests(YEAR, ("SEN", "GNB"), at))

        assert "2 of them to posts that are on hold" in owed.line
        assert "dakar" not in {post for post, _ in owed.by_post}
        assert not cycle.gateway.accepted
        with Store.read(settings().ledger_url) as store:
            assert store.messages.keys_like("message:2010:action-request:") == []

        lift_hold(1, reason="over (made up)", by="gtip.director", at=at + timedelta(hours=1))
        asyncio.run(send_action_requests(YEAR, ("SEN", "GNB"), at + timedelta(hours=2)))
        assert len(cycle.gateway.accepted) == 2


def test_a_statutory_day_on_hold_is_told_loudly(tmp_path_factory, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    with story(tmp_path_factory.mktemp("statutory")) as cycle:
        cycle.open_and_clear()
        _hold("all", "", until="2010-02-26", at="2009-12-01 12:00")
        with Store.begin(settings().ledger_url) as store:
            _owe_a_statutory_rung(store)

        report = cycle.tick(utc("2010-01-29 15:00"))
        main(["status", "--report-year", str(YEAR)])

    (line, *_) = report.held_back
    assert line.startswith("statutory: interim-release ")
    assert "the law's day is Mon 1 Feb 2010" in line
    assert WHY in line
    assert f"alarm: {line}" in capsys.readouterr().out


def _owe_a_statutory_rung(store: Store) -> None:
    """As the ladder of the release compiles it once the clearance is done."""
    from dataclasses import replace

    release = store.obligations.get("obligation:2010:interim-release:all")
    swl = store.notices.of_cycle(YEAR)[0]
    due = utc("2010-01-22 14:00")
    store.notices.add(
        [
            replace(
                swl,
                key="notice:2010:interim-release:all:v1:-10:gtip.director",
                obligation=release.key,
                step="interim-release",
                post=None,
                country=None,
                days=-10,
                position="gtip.director",
                level=3,
                kind="statutory",
                due_at=due,
                state="owed",
                message=None,
                decided_at=None,
            )
        ]
    )


def test_the_preview_of_a_hold_names_what_would_wait_and_writes_nothing(asked: Story) -> None:
    lines = preview_hold(
        YEAR,
        scope="post",
        name="Dakar",
        until_on=date(2009, 11, 17),
        reason=WHY,
        approver="gtip.director",
        at=utc("2009-11-11 12:00"),
    )

    assert "would wait for a hold on dakar until the end of Tue 17 Nov 2009" in lines[0]
    assert any("dakar.action-officer" in line for line in lines[1:])
    with Store.read(settings().ledger_url) as store:
        assert store.holds.standing() == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"until": "2009-10-11"}, "is over already in Washington"),
        ({"scope": "bureau", "name": "XXX"}, "is no bureau; name one of AF, EAP"),
    ],
)
def test_a_hold_that_cannot_be_is_refused_in_words(asked: Story, changed: dict[str, str], says: str) -> None:
    given = {"scope": "post", "name": "Baku", "until": "2009-11-30"} | changed

    with pytest.raises(StoreError, match=says):
        _hold(given["scope"], given["name"], until=given["until"], at="2009-10-12 14:00")


def test_holds_are_typed_listed_and_lifted(asked: Story, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["hold", "--report-year", "2010", "--post", "Baku", "--until", "2009-10-20", "--reason", WHY]
    words += ["--by", "gtip.director", "--at", "2009-10-12T14:00:00Z"]

    assert main(["hold", "--lift", "7", "--reason", "over", "--by", "gtip.director"]) == 1
    assert "there is no hold 7; none stands" in capsys.readouterr().err
    assert main(words) == 0
    assert "preview only; add --yes to do it" in capsys.readouterr().out
    assert main([*words, "--yes"]) == 0
    assert main(["hold", "--report-year", "2010", "--list", "--at", "2009-10-13T14:00:00Z"]) == 0
    assert "1 baku: in force" in capsys.readouterr().out
    assert main(["hold", "--lift", "7", "--reason", "over", "--by", "gtip.director"]) == 1
    assert "there is no hold 7; hold 1 stands" in capsys.readouterr().err
    lift = ["hold", "--lift", "1", "--reason", "over", "--by", "gtip.director", "--at", "2009-10-13T15:00:00Z"]
    assert main(lift) == 0
    assert main(lift) == 1
    assert "hold 1 was lifted by gtip.director already" in capsys.readouterr().err
    with Store.read(settings().ledger_url) as store:
        assert [one.act for one in store.acts.all()][-2:] == ["hold", "lift-hold"]
        assert list(store.acts.breaks()) == []
