"""The coordinator's pages and the events, as Prefect keeps them."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from prefect.client.schemas.objects import State
from prefect.settings import PREFECT_API_URL, PREFECT_LOGGING_TO_API_ENABLED, temporary_settings
from prefect.variables import Variable

from flows.change_contact import change_contact
from flows.show_desk import show_desk
from tasks.facts import TOLD
from tests.flows.prefect_runs import post
from tests.fresh_server import fresh_server
from tests.smoke.story import YEAR, Story, utc
from tipcycle.operations.read_facts import MOST, last_fact
from tipcycle.service.prefect_server import NO_SCHEDULES, PrefectServer

pytestmark = pytest.mark.xdist_group("server")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    with fresh_server(tmp_path_factory.mktemp("prefect"), extra=NO_SCHEDULES) as running:
        yield running


@pytest.fixture
def reported(server: PrefectServer, asked: Story, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrefectServer]:
    """A server that flows of this process report to, beside the ledger of a story."""
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    with temporary_settings({PREFECT_API_URL: server.api_url, PREFECT_LOGGING_TO_API_ENABLED: False}):
        yield server


def test_pages_are_written_once_and_again_only_where_something_changed(reported: PrefectServer, asked: Story) -> None:
    first, second = _show(), _show()
    asked.tick(utc("2009-10-16 06:00"))
    third = _show()

    pages = {one["key"] for one in post(reported, "/artifacts/latest/filter", {"limit": 200})}
    assert {f"start-{YEAR}", f"waiting-{YEAR}", f"proof-{YEAR}-baku", f"progress-{YEAR}-progress-report"} <= pages
    assert first.split(" pages")[0] == f"{len(pages)} of {len(pages)}"
    assert second.startswith("0 of ")
    assert 0 < int(third.split(" of ")[0]) < len(pages)


def test_what_a_form_did_is_one_event_about_its_post_however_often_it_is_told(
    reported: PrefectServer, asked: Story
) -> None:
    state: State[Any] = asyncio.run(_changed_contact())
    (event,) = _events(reported, "tipcycle.contact.changed", about="tipcycle.post.riga", count=1)
    told = asyncio.run(Variable.aset(TOLD, 0, overwrite=True))
    _show()
    newest = last_fact() or 0

    assert state.is_completed()
    assert event["payload"]["actor"] == "gtip.director"
    assert event["occurred"].startswith("2009-11-02T12:00:00")
    assert "@" not in json.dumps(event["payload"])
    assert told.value == 0
    assert asyncio.run(Variable.aget(TOLD)) == newest
    assert _events(reported, "tipcycle.cycle.opened", about="tipcycle.cycle.2010", count=1) or newest > MOST
    assert [one["id"] for one in _events(reported, event["event"], about="tipcycle.post.riga", count=1)] == [
        event["id"]
    ]


async def _changed_contact() -> State[Any]:
    return await change_contact(
        YEAR,
        "riga.action-officer",
        from_on=date(2009, 11, 3),
        reason="made up",
        approver="gtip.director",
        address="new.officer@posts.example",
        at=utc("2009-11-02 12:00"),
        return_state=True,
    )


def _show() -> str:
    state: State[Any] = asyncio.run(_shown())
    assert state.is_completed(), state.message
    return state.message or ""


async def _shown() -> State[Any]:
    showing: Any = show_desk(YEAR, return_state=True)
    state: State[Any] = await showing
    return state


def _events(server: PrefectServer, name: str, *, about: str, count: int) -> list[dict[str, Any]]:
    """The events of a name about a resource, once there are so many, or after 30 s those there are."""
    deadline = time.monotonic() + 30
    wanted = {
        "filter": {
            "event": {"name": [name]},
            "resource": {"id": [about]},
            "occurred": {"since": "2009-01-01T00:00:00Z"},
        }
    }
    found: list[dict[str, Any]] = []
    while len(found) < count and time.monotonic() < deadline:
        found = post(server, "/events/filter", wanted)["events"]
        time.sleep(0.2)
    return found
