"""A request that the gateway does not take: tried again, or named by every run until a person decides."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse

from tests.smoke.story import YEAR, Story, story, utc
from tipcycle.cli import main
from tipcycle.errors import StoreError
from tipcycle.operations.deliver import DeliveryReport
from tipcycle.operations.read_status import read_status
from tipcycle.operations.send_action_requests import owed_requests, send_action_requests
from tipcycle.operations.settle_unknown import settle_unknown
from tipcycle.service.receivers.web import GatewayReceiver
from tipcycle.settings import settings
from tipcycle.store import Store

BAKU = "message:2010:action-request:AZE"
OFFICER = "gtip.action-officer"


class Balking(GatewayReceiver):
    """Answers with `status` for as long as that is set."""

    status = 0

    async def _post(self, request: Request) -> JSONResponse:
        if self.status:
            return JSONResponse({"error": "not now"}, self.status)
        return await super()._post(request)


def _opened(cycle: Story, status: int) -> Balking:
    cycle.open_and_clear()
    assert isinstance(cycle.gateway, Balking)
    cycle.gateway.status = status
    return cycle.gateway


def _ask(at: str) -> DeliveryReport:
    """Azerbaijan's request, if it is owed."""
    moment = utc(at)
    owed = any("AZE" in countries for _, countries in owed_requests(YEAR, moment).by_post)
    return asyncio.run(send_action_requests(YEAR, ("AZE",), moment)) if owed else DeliveryReport()


def _standing() -> tuple[str, bool, bool]:
    """How the request stands, and whether demarche and progress report are open."""
    with Store.read(settings().ledger_url) as store:
        asked, demarche, report = (
            store.obligations.get(f"obligation:2010:{step}:AZE")
            for step in ("action-request", "demarche", "progress-report")
        )
    return asked.standing, demarche.opened_at is not None, report.opened_at is not None


@pytest.mark.parametrize("status", [401, 404, 429, 503])
def test_a_gateway_that_takes_nothing_today_gets_the_request_from_the_next_run(tmp_path: Path, status: int) -> None:
    with story(tmp_path, gateway=Balking(tmp_path / "cables")) as cycle:
        gateway = _opened(cycle, status)
        first = _ask("2009-09-21 14:00")
        gateway.status = 0

        second = _ask("2009-09-22 14:00")

        assert first.problems == [f"{BAKU}: not_sent: gateway: {status}"]
        assert second.problems == []
        assert gateway.accepted == {BAKU: 1}
        assert _standing() == ("received", True, True)


def test_a_refused_request_is_named_by_every_run_and_sent_again_when_a_person_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with story(tmp_path, gateway=Balking(tmp_path / "cables")) as cycle:
        gateway = _opened(cycle, 422)
        problems = [_ask(f"2009-09-{day} 14:00").problems for day in (21, 22, 23)]
        listed = read_status(YEAR)["refused_messages"]
        gateway.status = 0

        send_again = ["settle", BAKU, "--as", "send-again", "--by", OFFICER, "--at", "2009-09-23T15:00Z"]
        assert main(send_again) == 0
        shown, still = capsys.readouterr().out, _ask("2009-09-23 15:30").problems
        assert main([*send_again, "--yes"]) == 0
        again = _ask("2009-09-24 14:00")

        assert [len(found) for found in problems] == [1, 1, 1]
        assert all(found[0].startswith(f"{BAKU}: refused") for found in problems)
        assert "tipcycle settle" in problems[-1][0]
        assert "would go once more with the next tick, under the same Message-ID and key\n" in shown
        assert still == problems[-1], "what is only shown is not settled"
        assert [one["message"] for one in listed] == [BAKU]
        assert again.problems == []
        assert gateway.accepted == {BAKU: 1}
        assert _standing() == ("received", True, True)
        assert "send-again" in capsys.readouterr().out
        with Store.read(settings().ledger_url) as store:
            assert store.addresses.refused() == frozenset(), "the cable was refused, not the post's address"


def test_a_request_whose_outcome_stays_unknown_is_named_by_every_run_once_it_is_tried_out(tmp_path: Path) -> None:
    with story(tmp_path, gateway=Balking(tmp_path / "cables")) as cycle:
        _opened(cycle, 500)
        for hour in range(14, 20):
            _ask(f"2009-09-21 {hour}:00")

        (problem,) = _ask("2009-09-22 14:00").problems

        assert problem.startswith(
            f"{BAKU}: unknown before: gateway: 500; decide: form settle-unknown, or tipcycle settle"
        )


@pytest.mark.parametrize("status", [422, 500])
def test_a_request_settled_as_sent_opens_what_the_post_owes(tmp_path: Path, status: int) -> None:
    with story(tmp_path, gateway=Balking(tmp_path / "cables")) as cycle:
        _opened(cycle, status)
        _ask("2009-09-21 14:00")

        settle_unknown(BAKU, as_="was-sent", actor=OFFICER, at=utc("2009-09-22 13:00"))

        assert _standing() == ("received", True, True)
        assert _ask("2009-09-22 14:00").problems == []
        with Store.read(settings().ledger_url) as store:
            assert store.notices.of_obligations(["obligation:2010:progress-report:AZE"])
            assert [act.act for act in store.acts.all()][-2:] == [
                "send",
                f"settle-{'refused' if status == 422 else 'unknown'}",
            ]


def test_a_refused_reminder_was_passed_on_and_cannot_be_settled(asked: Story) -> None:
    asked.mailbox.refused.add("baku.action-officer@posts.example")
    asked.tick(utc("2009-10-16 09:00"))

    with pytest.raises(StoreError, match="passed on"):
        settle_unknown(
            "message:2010:baku.action-officer:email:2009-10-16:1",
            as_="send-again",
            actor=OFFICER,
            at=utc("2009-10-16 10:00"),
        )


def test_a_cycle_that_was_never_opened_owes_no_request_yet_and_says_why(tmp_path: Path) -> None:
    with story(tmp_path):
        owed = owed_requests(YEAR, utc("2009-11-01 14:00"))

    assert owed.countries == 0
    assert owed.line == (
        "the special watch list is not recorded yet: open-cycle records it from Mon 14 Sep 2009 on; "
        "run open-cycle then, and this again after it"
    )
