"""Flows run in a process of their own against a real server, and what the server's API says of them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from typing import Any, Self

import pytest

from tests.fresh_server import fresh_server
from tipcycle.service.deploy import deploy
from tipcycle.service.prefect_api import PrefectApi
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.settings import ROOT

_PATIENCE_SECONDS = 300
_ONE_AFTER_THE_OTHER = """
import asyncio, json, sys
import flows

async def main():
    while line := await asyncio.to_thread(sys.stdin.readline):
        told = []
        for name, parameters in json.loads(line):
            state = await getattr(flows, name.replace("-", "_"))(**parameters, return_state=True)
            told.append([state.type.value, state.message])
        print("told:" + json.dumps(told), flush=True)

asyncio.run(main())
"""


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """A server with everything deployed, and no worker: runs are started by the tests."""
    with fresh_server(tmp_path_factory.mktemp("prefect")) as server:
        deploy(server)
        yield server


class FlowProcess:
    """A process that runs flows one after the other; its settings are those of the environment that it begins in.

    To be left as a context; it ends with the block.
    """

    def __init__(self, server: PrefectServer) -> None:
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-c", _ONE_AFTER_THE_OTHER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=server.environment,
            cwd=ROOT,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._said.close()

    def begin(self, calls: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Let it run these, and come back at once."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(calls) + "\n")
        self._process.stdin.flush()

    def told(self) -> list[tuple[str, str]]:
        """The type and message of the last state of each run that was begun, once all of them ended."""
        assert self._process.stdout is not None
        too_late = threading.Timer(_PATIENCE_SECONDS, self._process.kill)
        too_late.start()
        try:
            for line in self._process.stdout:
                if line.startswith("told:"):
                    return [(state, message) for state, message in json.loads(line.removeprefix("told:"))]
        finally:
            too_late.cancel()
        self._said.seek(0)
        raise AssertionError(self._said.read()[-2000:])

    def run(self, *calls: tuple[str, dict[str, Any]]) -> list[tuple[str, str]]:
        """Run these and wait for them."""
        self.begin(calls)
        return self.told()


def run_flow(server: PrefectServer, name: str, **parameters: Any) -> dict[str, Any]:
    """Run one flow; its run as the server has it."""
    with FlowProcess(server) as process:
        process.run((name, parameters))
    by_hand = {"deployment_id": {"is_null_": True}}
    asked = {"flows": {"name": {"any_": [name]}}, "flow_runs": by_hand, "sort": "START_TIME_DESC", "limit": 1}
    runs: list[dict[str, Any]] = post(server, "/flow_runs/filter", asked)
    return runs[0]


def deployments(server: PrefectServer) -> dict[str, str]:
    """The names of the deployments by id."""
    return {one["id"]: one["name"] for one in post(server, "/deployments/filter", {})}


def scheduled_runs(server: PrefectServer) -> list[dict[str, Any]]:
    """Runs of deployments that are still to come."""
    runs: list[dict[str, Any]] = post(server, "/flow_runs/filter", {"limit": 200})
    return [run for run in runs if run["state_type"] == "SCHEDULED" and run["deployment_id"]]


def post(server: PrefectServer, path: str, body: dict[str, Any]) -> Any:
    """POST to the server's API; a server that says that its database is busy is asked again."""
    return PrefectApi(server.api_url, auth="", attempts=10).post(path, body)


def get(server: PrefectServer, path: str) -> Any:
    """GET from the server's API."""
    return PrefectApi(server.api_url, auth="", attempts=10).get(path)
