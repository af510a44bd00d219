"""`tipcycle serve` as a whole: it comes up, mends itself, and ends without a trace. One tree for many tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.tree import OUTBOUND, ServeTree
from tipcycle.errors import TipcycleError
from tipcycle.service.process_tree import resident_mb
from tipcycle.service.self_check import start_tick

pytestmark = pytest.mark.xdist_group("serve")

PASSWORD = "coordinator:not-a-real-password"
_WORDS = {"worker": "prefect worker start", "intake": "intake_http", "Prefect server": "prefect server start"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServeTree]:
    """The one that all tests of this file share; its server asks for a password."""
    running = ServeTree(tmp_path_factory.mktemp("served"), PREFECT_SERVER_API_AUTH_STRING=PASSWORD)
    try:
        running.wait_until_ready()
        yield running
    finally:
        if running.process.poll() is None:
            running.end()


def test_it_is_ready_within_90_seconds_after_checking_itself(tree: ServeTree) -> None:
    seconds = tree.wait_until_ready()

    print(f"\nready after {seconds:.0f} s")
    assert "schedules have runs; a tick ran: cycle 2010 is not open yet" in tree.said
    assert PASSWORD.partition(":")[2] not in tree.said
    if seconds >= 90 and os.getloadavg()[0] > 3 * (os.cpu_count() or 1):
        pytest.skip(f"ready after {seconds:.0f} s says nothing of a machine with a load of {os.getloadavg()[0]:.0f}")
    assert seconds < 90


def test_the_idle_tree_takes_less_than_700_mb(tree: ServeTree) -> None:
    tree.wait_for(lambda: len(tree.pids()) == 4)  # the tick of the self-check has ended

    taken = resident_mb(tree.pids())

    print(f"\nidle memory {taken:.0f} MB: serve, server, worker, intake")
    assert taken < 700


def test_the_first_ui_is_shown_nothing_is_reported_and_runs_are_kept_longer_than_a_cycle(tree: ServeTree) -> None:
    found = tree.api.get("/admin/settings")["server"]

    assert found["analytics_enabled"] is False
    assert (found["ui"]["v2_enabled"], found["ui"]["show_promotional_content"]) == (False, False)
    assert set(found["services"]["db_vacuum"]["enabled"]) == {"events", "flow_runs"}
    assert found["services"]["db_vacuum"]["retention_period"] == "P1Y65D", "430 days"
    assert found["concurrency"]["lease_storage"].endswith("filesystem"), "leases outlive the server"


def test_nobody_gets_in_without_the_password(tree: ServeTree) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{tree.port}/api/deployments/filter", method="POST", data=b"{}")

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)

    assert refused.value.code == 401


def test_the_logs_of_a_run_lead_to_the_start_page(tree: ServeTree) -> None:
    found = {
        "flows": {"name": {"any_": ["remind-and-escalate"]}},
        "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}},
    }
    run = tree.api.post("/flow_runs/filter", found | {"limit": 1})[0]["id"]
    lines: list[str] = []

    def led() -> bool:
        """They come in bunches."""
        wanted = {"logs": {"flow_run_id": {"any_": [run]}}, "limit": 100}
        lines[:] = [one["message"] for one in tree.api.post("/logs/filter", wanted)]
        link = f"Everything else: http://127.0.0.1:{tree.port}/artifacts/key/start-2010"
        return any(line.endswith(link) for line in lines)

    tree.wait_for(led, seconds=30)

    assert "task run" not in " ".join(lines)


@pytest.mark.parametrize("elsewhere", [False, True], ids=["the same folder", "another folder, the same ledger"])
def test_a_second_serve_on_the_same_data_is_refused_with_the_process_of_the_first(
    tree: ServeTree, tmp_path: Path, elsewhere: bool
) -> None:
    ledger = {"TIPCYCLE_VAR_DIR": str(tmp_path), "TIPCYCLE_DATABASE_URL": f"sqlite:///{tree.folder}/tipcycle.sqlite3"}

    second = subprocess.run(
        [sys.executable, "-m", "tipcycle.cli", "serve", "--port", "1"],
        env=tree.environment | (ledger if elsewhere else {}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert second.returncode == 1
    assert f"{tree.folder} is served already by process {tree.process.pid}; stop that first" in second.stderr


def test_doctor_finds_its_server_its_worker_and_its_schedules_well(tree: ServeTree) -> None:
    levels = {one["check"]: one for one in _doctor(tree.environment)}

    assert [levels[name]["level"] for name in ("server", "worker", "schedules", "versions")] == ["ok"] * 4, levels
    assert f"process {tree.process.pid}" in levels["server"]["told"]
    assert PASSWORD.partition(":")[2] not in json.dumps(levels)


def test_doctor_without_the_password_says_which_variable_is_missing(tree: ServeTree) -> None:
    environment = {name: text for name, text in tree.environment.items() if not name.startswith("PREFECT_")}

    levels = {one["check"]: one for one in _doctor(environment)}

    assert levels["server"]["level"] == "fault"
    assert "PREFECT_API_AUTH_STRING" in levels["server"]["told"] + levels["server"]["remedy"]


def _doctor(environment: dict[str, str]) -> list[dict[str, str]]:
    asked = subprocess.run(
        [sys.executable, "-m", "tipcycle.cli", "doctor", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    found: list[dict[str, str]] = json.loads(asked.stdout)["checks"]
    return found


@pytest.mark.parametrize("name", ["intake", "worker", "Prefect server"])
def test_what_is_killed_is_told_and_started_again(tree: ServeTree, name: str) -> None:
    before = tree.find(_WORDS[name])
    assert before

    os.kill(before, signal.SIGKILL)

    tree.wait_for(lambda: f"the {name} was started again" in tree.said)
    after = tree.find(_WORDS[name])
    assert after not in (None, before)
    assert f"the {name} was killed by SIGKILL and is started again in 1 s" in tree.said


def test_after_all_of_them_died_once_a_tick_still_runs_to_its_end(tree: ServeTree) -> None:
    tree.wait_for(lambda: _answer(tree, f"http://127.0.0.1:{tree.intake_port}/health") == 200)
    tree.wait_for(lambda: _answer(tree, f"http://127.0.0.1:{tree.port}/api/health") == 200)

    run = start_tick(tree.api)

    tree.wait_for(lambda: _state(tree, run) == "COMPLETED", seconds=120)


def test_no_process_of_the_tree_tried_to_reach_beyond_loopback(tree: ServeTree) -> None:
    """Through a start, the deployments, ticks and restarts; first that the watch would have seen it."""
    look = "import socket\ntry: socket.create_connection(('192.0.2.1', 80), 1)\nexcept PermissionError: print('denied')"
    elsewhere = tree.folder / "watched elsewhere"
    elsewhere.mkdir(exist_ok=True)
    environment = tree.environment | {"OUTBOUND_FOLDER": str(elsewhere)}
    denied = subprocess.run([sys.executable, "-c", look], env=environment, capture_output=True, text=True, check=True)
    assert denied.stdout == "denied\n"
    assert "192.0.2.1" in (elsewhere / "attempts").read_text(encoding="utf-8")

    attempts = tree.watch / "attempts"

    unwatched = [pid for pid in tree.pids() if not (tree.watch / f"watched.{pid}").exists()]
    assert unwatched == []
    assert not attempts.exists(), attempts.read_text(encoding="utf-8")
    assert (OUTBOUND / "sitecustomize.py").exists()


def test_sigterm_ends_everything_within_10_seconds_also_what_does_not_heed_it(tree: ServeTree) -> None:
    """A flow run in the middle and the server are stopped, so they ignore SIGTERM; the run is a grandchild."""
    start_tick(tree.api)
    tree.wait_for(lambda: tree.find("prefect.engine") or tree.find("prefect flow-run execute"), seconds=120)
    run = tree.find("prefect.engine") or tree.find("prefect flow-run execute")
    server = tree.find(_WORDS["Prefect server"])
    for pid in (run, server):
        os.kill(pid or 0, signal.SIGSTOP)
    pids = tree.pids()

    seconds = tree.end()

    print(f"\nended after {seconds:.1f} s, {len(pids)} processes")
    assert seconds < 10
    assert tree.process.returncode == 0
    assert tree.left(pids) == []


def _answer(tree: ServeTree, url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except OSError:
        return 0


def _state(tree: ServeTree, run: str) -> str:
    try:
        return str(tree.api.get(f"/flow_runs/{run}")["state"]["type"])
    except TipcycleError:
        time.sleep(0.5)
        return ""
