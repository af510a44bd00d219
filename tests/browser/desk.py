"""A coordinator's desk in late November 2009: all that `tipcycle serve` starts, on the ledger of a made-up autumn."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from tests.service.tree import ServeTree
from tests.smoke.story import YEAR, Story, progress_report, story, utc
from tipcycle.model.answer import Answer
from tipcycle.model.keys import obligation_key
from tipcycle.model.obligation import Obligation
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.send_action_requests import owed_requests, send_action_requests
from tipcycle.settings import settings
from tipcycle.store import Store

NOW = utc("2009-11-20 15:00")
NOT_CLEARED, EXTENDED_TO = "AGO", date(2009, 12, 4)
_LEDGER = "tipcycle.sqlite3"
_RECEIVERS = ("TIPCYCLE_SMTP", "TIPCYCLE_SLACK", "TIPCYCLE_GATEWAY", "TIPCYCLE_INBOX")
_ENDED = ("COMPLETED", "FAILED", "CRASHED")


class Desk:
    """A running tree whose clock stands still, and the receivers that it sends to (`cycle.mailbox` and others)."""

    def __init__(self, cycle: Story, tree: ServeTree) -> None:
        self.cycle, self.tree = cycle, tree
        self.ui = f"http://127.0.0.1:{tree.port}"

    def run(self, name: str) -> str:
        """Let a deployment run to its end, as its schedule does; its last words."""
        deployment = self.tree.api.get(f"/deployments/name/{name}/{name}")
        asked = {"state": {"type": "SCHEDULED"}}
        run = self.tree.api.post(f"/deployments/{deployment['id']}/create_flow_run", asked)["id"]
        self.tree.wait_for(lambda: self._state(run)["type"] in _ENDED)
        state = self._state(run)
        assert state["type"] == "COMPLETED", state["message"]
        return str(state["message"])

    def _state(self, run: str) -> dict[str, Any]:
        state: dict[str, Any] = self.tree.api.get(f"/flow_runs/{run}")["state"]
        return state


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """The autumn is played while the tree starts, on another ledger: the tree checks itself with a tick of today."""
    with story(folder / "autumn") as cycle:
        receivers = {name: text for name, text in os.environ.items() if name.startswith(_RECEIVERS)}
        tree = ServeTree(folder / "served", **receivers)
        try:
            _play_autumn(cycle)
            tree.wait_until_ready()
            _stop_the_clock(tree)
            _copy(cycle.folder / _LEDGER, tree.folder / _LEDGER)
            yield Desk(cycle, tree)
        finally:
            if tree.process.poll() is None:
                tree.end()


def _play_autumn(cycle: Story) -> None:
    """All are asked but Angola, whose request nobody cleared; Baku reported in time, Dakar asks for more time."""
    open_cycle(YEAR, utc("2009-08-31 12:00"))
    open_cycle(YEAR, utc("2009-09-14 12:00"))
    cleared_at, asked_at = utc("2009-09-18 12:00"), utc("2009-09-21 14:00")
    others = {"excluding": [NOT_CLEARED], "at": cleared_at, "preview": False}
    clear_documents(YEAR, decision="cleared", position="gtip.director", **others)  # type: ignore[arg-type]
    for _, countries in owed_requests(YEAR, asked_at).by_post:
        asyncio.run(send_action_requests(YEAR, countries, asked_at))
    cycle.report_every_demarche(utc("2009-10-05 12:00"), but=NOT_CLEARED)
    cycle.drop("AZE.yaml", progress_report("AZE", "Baku"))
    cycle.take_in(utc("2009-11-10 12:00"))
    with Store.begin(settings().ledger_url) as store:
        store.answers.add(extension_asked(store.obligations.get(obligation_key(YEAR, "progress-report", "GNB"))))
    cycle.tick(utc("2009-11-20 14:00"))


def extension_asked(obligation: Obligation) -> Answer:
    """As if pressed in the page behind the link of a reminder."""
    return Answer(
        id="made-up",
        obligation=obligation.key,
        position="dakar.action-officer",
        answer="extension",
        report_on=EXTENDED_TO,
        note="",
        channel="link",
        plan_version=obligation.version,
        answered_at=utc("2009-11-13 10:00"),
    )


def _stop_the_clock(tree: ServeTree) -> None:
    """Nothing runs by its schedule, and whatever a person starts happens at `NOW`: a parameter that no form shows."""
    for one in tree.api.every("/deployments/filter", {}):
        if one["schedules"]:
            tree.api.post(f"/deployments/{one['id']}/pause_deployment", {})
        changed = {"parameters": one["parameters"] | {"at": NOW.isoformat()}}
        tree.wait_for(partial(_patched, tree, f"/deployments/{one['id']}", changed))


def _patched(tree: ServeTree, path: str, changed: dict[str, Any]) -> bool:
    """Whether the server took it; a busy one says 503."""
    answer = httpx.patch(tree.api.url + path, json=changed, timeout=30, trust_env=False)
    if answer.status_code != 503:
        answer.raise_for_status()
    return answer.status_code != 503


def _copy(source: Path, target: Path) -> None:
    """Put one ledger into the place of another that processes hold open."""
    read, written = sqlite3.connect(source), sqlite3.connect(target, timeout=30)
    read.backup(written)
    written.close()
    read.close()
