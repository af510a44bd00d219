"""Some machines of one office: each is a `tipcycle serve` with a folder of its own, beside the var folder all share."""

from __future__ import annotations

import os
import signal
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.service.tree import ServeTree
from tipcycle.errors import TipcycleError
from tipcycle.service.prefect_server import answers
from tipcycle.service.process_tree import send

ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
_AGAIN = "Prefect server was started again"


class Machines:
    """One Prefect server, and as many workers as are added; their settings are this story's, but for `settings`."""

    def __init__(self, folder: Path, prefect_database: str = "", **settings: str) -> None:
        self._folder = folder
        self._settings = {name: text for name, text in os.environ.items() if name.startswith("TIPCYCLE_")} | settings
        self._starts = 0
        self._deployments: dict[str, str] = {}
        self.workers: dict[str, ServeTree] = {}
        self.server = self._tree("server", "server", PREFECT_SERVER_DATABASE_CONNECTION_URL=prefect_database)

    def start_workers(self, *names: str) -> None:
        """Once the server is ready, add these and wait until it heard of each."""
        self.server.wait_for(lambda: "ready after" in self.server.said, seconds=400)
        self._stop_schedules()
        trees = [self.add_worker(name) for name in names]
        self.wait_until(lambda: all("ready after" in tree.said for tree in trees))

    def add_worker(self, name: str) -> ServeTree:
        """A machine that works, new or one that was killed; it is not waited for."""
        api = f"http://127.0.0.1:{self.server.port}/api"
        self.workers[name] = self._tree(name, "worker", PREFECT_API_URL=api)
        return self.workers[name]

    def start(self, flow: str, **parameters: Any) -> str:
        """The id of a new run of a deployment."""
        if flow not in self._deployments:
            self._deployments[flow] = self.server.api.get(f"/deployments/name/{flow}/{flow}")["id"]
        body = {"state": {"type": "SCHEDULED"}, "parameters": parameters}
        return str(self.server.api.post(f"/deployments/{self._deployments[flow]}/create_flow_run", body)["id"])

    def ended(self, *runs: str, seconds: float = 600) -> list[str]:
        """Wait for these runs; the type and message of each one's last state.

        A killed run holds its deployment's only place until its lease ends, five minutes after.
        """
        states = [self._state(run) for run in runs]
        deadline = time.monotonic() + seconds
        while any(state["type"] not in ENDED for state in states):
            assert time.monotonic() < deadline, [(state["name"], state.get("message")) for state in states]
            time.sleep(0.3)
            states = [self._state(run) for run in runs]
        return [f"{state['type']}: {state.get('message')}" for state in states]

    def machine_of(self, run: str) -> str | None:
        """The name of the machine on which a run's process is."""
        wanted = f"PREFECT__FLOW_RUN_ID={run}".encode()
        for name, tree in self.workers.items():
            if any(wanted in _environment(pid) for pid in tree.pids()):
                return name
        return None

    def kill(self, name: str) -> None:
        """Everything of a machine at once, as a power cut does it."""
        tree = self.workers.pop(name)
        pids = tree.pids()
        send(signal.SIGKILL, pids)
        tree.process.wait(timeout=30)
        self.wait_until(lambda: not tree.left(pids), seconds=10)  # a kill is heeded when the kernel gets to it

    def kill_server(self) -> None:
        """Prefect's server alone; its `tipcycle serve` starts it again, and `wait_for_server` waits for that."""
        before = self.server.find("prefect server start")
        assert before
        self._starts = self.server.said.count(_AGAIN)
        os.kill(before, signal.SIGKILL)

    def wait_for_server(self) -> None:
        """Wait until the server that was killed answers again."""
        self.wait_until(lambda: self.server.said.count(_AGAIN) > self._starts)
        self.wait_until(lambda: answers(self.server.api.url))

    def wait_until(self, what: Callable[[], object], *, seconds: float = 400) -> None:
        """Wait until it is so."""
        deadline = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < deadline, [tree.said for tree in (self.server, *self.workers.values())]
            time.sleep(0.1)

    def end(self) -> None:
        """End every machine."""
        for tree in (*self.workers.values(), self.server):
            if tree.process.poll() is None:
                tree.end()

    def _stop_schedules(self) -> None:
        """A run on the real hour would act as of today, in the middle of a story of 2009."""
        for one in self.server.api.every("/deployments/filter", {}):
            request = urllib.request.Request(
                f"{self.server.api.url}/deployments/{one['id']}/pause_deployment", data=b""
            )
            with urllib.request.urlopen(request, timeout=30):
                pass

    def _tree(self, name: str, part: str, **more: str) -> ServeTree:
        own = self._folder / name
        return ServeTree(own, "--parts", part, **(self._settings | {"TIPCYCLE_LOCAL_DIR": str(own)} | more))

    def _state(self, run: str) -> dict[str, Any]:
        try:
            state: dict[str, Any] = self.server.api.get(f"/flow_runs/{run}")["state"]
        except TipcycleError:  # it was killed, and is started again
            return {"type": "", "name": "no answer"}
        return state


def _environment(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""
