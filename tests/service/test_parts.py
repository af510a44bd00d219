"""Which parts run where: what a machine that only works must be told, and what its worker reads."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.machines.soak import broken_bars
from tipcycle.errors import TipcycleError
from tipcycle.service.one_authority import one_authority
from tipcycle.service.prefect_api import PrefectApi
from tipcycle.service.self_check import await_worker
from tipcycle.service.tree import PARTS, tree_of


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPCYCLE_VAR_DIR", str(tmp_path / "shared"))
    monkeypatch.setenv("TIPCYCLE_LOCAL_DIR", str(tmp_path / "own"))


@pytest.mark.parametrize("url", ["", "https://prefect.example"])
def test_a_machine_that_only_works_must_be_told_where_the_server_is(url: str) -> None:
    with pytest.raises(TipcycleError, match="PREFECT_API_URL"):
        tree_of(["worker"], {"PREFECT_API_URL": url}, host="127.0.0.1", port=4200)


def test_a_worker_asks_the_server_that_the_environment_names_with_its_password(tmp_path: Path) -> None:
    told = {"PREFECT_API_URL": "https://prefect.example/api/", "PREFECT_API_AUTH_STRING": "user:made-up"}

    tree = tree_of(["worker"], told, host="127.0.0.1", port=4200)

    assert [one.name for one in tree.kept] == ["worker"]
    assert tree.prefect
    environment = tree.prefect.environment
    assert environment["PREFECT_API_URL"] == "https://prefect.example/api"
    assert environment["PREFECT_API_AUTH_STRING"] == "user:made-up"
    assert environment["NO_PROXY"].endswith("prefect.example")
    assert tree.prefect.home == tmp_path / "own" / "prefect", "not in the folder that all share"


def test_where_the_server_runs_the_environments_other_server_is_not_asked() -> None:
    tree = tree_of(PARTS, {"PREFECT_API_URL": "https://prefect.example/api"}, host="127.0.0.1", port=4200)

    assert [one.name for one in tree.kept] == ["Prefect server", "worker", "intake"]
    assert tree.prefect
    assert tree.prefect.api_url == "http://127.0.0.1:4200/api"


def test_two_workers_of_one_host_have_names_of_their_own() -> None:
    told = {"PREFECT_API_URL": "http://127.0.0.1:4200/api"}
    workers = [tree_of(["worker"], told, host="127.0.0.1", port=4200).worker for _ in range(2)]

    assert len({worker.own_name for worker in workers if worker}) == 2


def test_a_worker_waits_for_the_pool_of_a_server_that_has_not_deployed_yet() -> None:
    own = {"one", "mine-1a2b3c"}
    answers = iter([404, 200])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status = next(answers)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps([{"name": name} for name in own] if status == 200 else {}).encode())

        def log_message(self, *_: object) -> None:
            """Nothing into the test's output."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        api = PrefectApi(f"http://127.0.0.1:{server.server_port}/api", auth="")
        await_worker(api, "mine-1a2b3c", within_seconds=30, still_running=lambda: None)
        server.shutdown()

    assert next(answers, None) is None


def test_clients_of_a_plain_server_read_one_certificate_and_of_one_behind_tls_all_of_them(tmp_path: Path) -> None:
    read = one_authority(tmp_path, "http://127.0.0.1:4200/api")["PREFECT_API_SSL_CERT_FILE"]

    assert Path(read).read_text(encoding="utf-8").count("BEGIN CERTIFICATE") == 1
    assert one_authority(tmp_path, "https://prefect.example/api") == {}


@pytest.mark.parametrize(
    ("worker", "server", "broken"),
    [
        pytest.param(110, 349, 0, id="at both bars"),
        pytest.param(111, 300, 1, id="the worker grew"),
        pytest.param(89, 300, 1, id="the worker shrank"),
        pytest.param(100, 350, 1, id="the server is too large"),
    ],
)
def test_the_soak_fails_where_memory_leaves_its_bars(worker: float, server: float, broken: int) -> None:
    seen = {25: {"worker": 50.0, "server": 200.0}, 50: {"worker": 100.0, "server": 200.0}}

    assert len(broken_bars(seen | {300: {"worker": worker, "server": server}})) == broken
