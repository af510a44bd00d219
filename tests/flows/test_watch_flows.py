"""The watchman's flow and the sweeper on a real Prefect server: what a run says, shows and ends."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.flows.prefect_runs import FlowProcess, deployments, get, post, run_flow, scheduled_runs
from tests.smoke.story import story, utc
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.settings import settings
from tipcycle.store import Store

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]


class _Monitor(BaseHTTPRequestHandler):
    heard: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.heard.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def monitor() -> Iterator[str]:
    _Monitor.heard.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Monitor)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/beat"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_watchman_says_its_line_shows_its_page_and_leaves_a_sign_of_life(
    own_server: PrefectServer, monitor: str, tmp_path: Path
) -> None:
    with story(tmp_path) as cycle:
        cycle.open_and_ask()
        cycle.tick(utc("2009-09-21 15:00"))
        os.environ["TIPCYCLE_HEARTBEAT_URL"] = monitor
        run = run_flow(own_server, "watchman", report_year=2010, at="2009-09-21T15:30:00+00:00")
        beat = json.loads(settings().heartbeat.read_text(encoding="utf-8"))
        monitored = list(_Monitor.heard)

        os.environ["TIPCYCLE_HEARTBEAT_URL"] = "http://127.0.0.1:9/secret"
        with Store.begin(settings().ledger_url) as store:
            store.obligations.update("obligation:2010:progress-report:AZE", opened_at=None)
        broken = run_flow(own_server, "watchman", report_year=2010, at="2009-09-21T15:30:00+00:00")

    line = "127 promised, 127 done, 0 unknown, 0 late"
    assert (run["state"]["type"], run["state"]["message"]) == ("COMPLETED", line)
    assert run["name"] == f"watchman 2009-09-21 · {line}"
    assert (beat["at"], beat["last_tick_at"]) == ("2009-09-21T15:30:00Z", "2009-09-21T15:00:00Z")
    assert (beat["line"], beat["differences"]) == (line, 0)
    assert monitored == [f"cycle 2010: {line}"]
    assert broken["state"]["type"] == "FAILED"
    assert "obligation:2010:progress-report:AZE: had to be asked" in broken["state"]["message"]
    assert "secret" not in broken["state"]["message"]
    artifacts = post(own_server, "/artifacts/filter", {"artifacts": {"key": {"any_": ["watchman-2010"]}}})
    assert [line in one["description"] for one in artifacts].count(True) == 2


def test_the_sweeper_ends_what_nobody_executes_and_makes_a_lost_tick_again_once(own_server: PrefectServer) -> None:
    ids = {name: key for key, name in deployments(own_server).items()}

    def made(name: str, state: str, state_name: str, **parameters: Any) -> str:
        body = {"state": {"type": "SCHEDULED"}, "parameters": {"report_year": 2010} | parameters}
        run = post(own_server, f"/deployments/{ids[name]}/create_flow_run", body)
        _set(own_server, run["id"], state, state_name)
        return str(run["id"])

    tick = made("remind-and-escalate", "PENDING", "Submitting")
    running = made("send-action-requests", "RUNNING", "Running")
    paused = made("open-cycle", "PAUSED", "Paused")
    by_hand = made(
        "retract-release",
        "PENDING",
        "Pending",
        document="interim-assessment",
        position="gtip.director",
        reason="made up",
    )
    late = next(run["id"] for run in scheduled_runs(own_server) if run["auto_scheduled"])
    _set(own_server, late, "SCHEDULED", "Late")
    before = datetime.now(UTC)

    soon, late_on = ({"at": (before + timedelta(**later)).isoformat()} for later in ({"minutes": 5}, {"days": 200}))
    with FlowProcess(own_server) as process:
        early, swept, again = (
            message for _, message in process.run(*(("sweep-stuck-runs", at) for at in (soon, late_on, late_on)))
        )

    named = {one: get(own_server, f"/flow_runs/{one}")["name"] for one in (tick, running, paused, by_hand, late)}
    assert not any(name in early for name in named.values())
    assert f"{named[tick]}: crashed and made again, Submitting for 200 days" in swept
    assert f"{named[by_hand]}: crashed, Pending" in swept
    assert f"{named[late]}: cancelled" in swept
    assert named[paused] not in swept
    ended = {one: get(own_server, f"/flow_runs/{one}")["state"]["type"] for one in named}
    assert ended == {tick: "CRASHED", running: "CRASHED", paused: "PAUSED", by_hand: "CRASHED", late: "CANCELLED"}
    keyed = {"flow_runs": {"idempotency_key": {"any_": [f"swept:{tick}"]}}}
    (new,) = post(own_server, "/flow_runs/filter", keyed)
    assert (new["deployment_id"], new["state"]["type"]) == (ids["remind-and-escalate"], "SCHEDULED")
    assert new["parameters"]["report_year"] == 2010
    assert not any(name in again for name in named.values())


def _set(server: PrefectServer, run: str, state: str, name: str) -> None:
    details = {"scheduled_time": datetime.now(UTC).isoformat()} if state == "SCHEDULED" else {}
    body = {"state": {"type": state, "name": name, "state_details": details}, "force": True}
    post(server, f"/flow_runs/{run}/set_state", body)
