"""Flows run in a process of their own against a real server, and what the server's API says of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.fresh_server import fresh_server
from tipcycle.service.deploy import deploy
from tipcycle.service.prefect_api import PrefectApi
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.settings import ROOT

_ONE_AFTER_THE_OTHER = """
import asyncio, json, sys
import flows

async def main():
    for name, parameters in json.load(sys.stdin):
        state = await getattr(flows, name.replace("-", "_"))(**parameters, return_state=True)
        print("told:" + json.dumps([state.type.value, state.message]))

asyncio.run(main())
"""


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """A server with everything deployed, and no worker: runs are started by the tests."""
    with fresh_server(tmp_path_factory.mktemp("prefect")) as server:
        deploy(server)
        yield server


class FlowProcess:
    """A process that runs flows one after the other; the settings are those of this moment's environment."""

    def __init__(self, server: PrefectServer, calls: Sequence[tuple[str, dict[str, Any]]]) -> None:
        self._calls = json.dumps(calls)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _ONE_AFTER_THE_OTHER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=server.environment,
            cwd=ROOT,
            text=True,
        )

    def told(self) -> list[tuple[str, str]]:
        """The type and message of each run's last state, once the process ended."""
        try:
            out, err = self._process.communicate(self._calls, timeout=300)
        finally:
            self._process.kill()
        assert self._process.returncode == 0, err[-2000:]
        lines = [line.removeprefix("told:") for line in out.splitlines() if line.startswith("told:")]
        return [tuple(json.loads(line)) for line in lines]


def run_flow(server: PrefectServer, name: str, **parameters: Any) -> dict[str, Any]:
    """Run one flow; its run as the server has it."""
    FlowProcess(server, [(name, parameters)]).told()
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
