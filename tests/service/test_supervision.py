"""When is what died started again? A table of lives and deaths, and a few real processes that will not end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tipcycle.errors import TipcycleError
from tipcycle.service.back_off import Standing, wait_seconds
from tipcycle.service.child import Child
from tipcycle.service.kept import Kept
from tipcycle.service.prefect_api import PrefectApi
from tipcycle.service.process_tree import descendants, wait_until_gone
from tipcycle.service.receivers.web import WebReceiver
from tipcycle.service.serve_lock import Served, only_serve, served_by
from tipcycle.service.supervisor import Supervisor


def test_the_wait_doubles_from_one_second_to_a_minute() -> None:
    assert [wait_seconds(deaths) for deaths in (0, 1, 2, 3, 4, 5, 6, 7, 1000)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize(
    ("lived", "deaths", "waits"),
    [
        pytest.param(0, 3, 8, id="died at once"),
        pytest.param(299.9, 3, 8, id="a moment before five minutes"),
        pytest.param(300, 3, 1, id="five minutes"),
        pytest.param(86400, 9, 1, id="a day"),
        pytest.param(10, 0, 1, id="the first death"),
    ],
)
def test_five_minutes_of_health_begin_the_count_anew(lived: float, deaths: int, waits: float) -> None:
    died = Standing(started_at=100, deaths=deaths).died(100 + lived)

    assert died.restart_at == pytest.approx(100 + lived + waits)


def test_a_start_that_fails_is_one_more_death_however_long_it_had_lived_before() -> None:
    standing = Standing(started_at=0).died(86400)

    waits = []
    for _ in range(3):
        at = standing.restart_at or 0
        standing = standing.died(at)
        waits.append((standing.restart_at or 0) - at)

    assert waits == [2, 4, 8]
    assert standing.started(90000) == Standing(90000, deaths=4)


class _Short(Kept):
    """Ends at once each time; cannot be started the second time."""

    name = "short one"

    def __init__(self, log: Path) -> None:
        super().__init__()
        self.log, self.starts = log, 0

    def start(self) -> None:
        self.starts += 1
        if self.starts == 2:
            raise TipcycleError("its port is taken")
        self._child = Child(["no_such_module_of_ours"], environment=os.environ, log=self.log)
        self._child.wait()

    def answers(self) -> bool:
        return True


def test_each_death_and_each_failing_start_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    said: list[str] = []
    short = _Short(tmp_path / "short.log")
    short.start()

    supervisor = Supervisor([short], said.append)
    deadline = time.monotonic() + 20
    while short.starts < 3 and time.monotonic() < deadline:
        supervisor.look()
        time.sleep(0.02)

    assert said[0].startswith("the short one ended with code 1 and is started again in 1 s; its log ends: ")
    assert "no_such_module_of_ours" in said[0]
    assert said[1] == "the short one cannot be started yet: its port is taken"
    assert said[2].startswith("the short one was started again (process ")


_STUBBORN = """
import pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if sys.argv[1:] != ["grandchild"]:
    subprocess.Popen([sys.executable, __file__, "grandchild"], start_new_session=True)
pathlib.Path(__file__).with_suffix(f".{len(sys.argv)}").touch()
time.sleep(600)
"""


def test_whatever_ends_the_parent_a_grandchild_in_a_session_of_its_own_that_ignores_sigterm_ends_too(
    tmp_path: Path,
) -> None:
    stubborn, ends = tmp_path / "stubborn.py", tmp_path / "ends.py"
    stubborn.write_text(_STUBBORN, encoding="utf-8")
    ends.write_text(
        "import subprocess, sys, time, pathlib\n"
        "from tipcycle.service.process_tree import adopt_orphans, kill_descendants, undisturbed\n"
        "adopt_orphans()\n"
        f"subprocess.Popen([sys.executable, {str(stubborn)!r}])\n"
        f"begun = [pathlib.Path({str(tmp_path)!r}, f'stubborn.{{n}}') for n in (1, 2)]\n"
        "while not all(one.exists() for one in begun): time.sleep(0.02)\n"
        "print('ready', flush=True)\nsys.stdin.read()\n"
        "with undisturbed(): kill_descendants()\n",
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, str(ends)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    assert parent.stdout.readline() == "ready\n"
    begun = descendants([parent.pid])
    os.kill(begun[0], signal.SIGKILL)  # now the grandchild is an orphan, and the parent's

    parent.communicate("")

    assert len(begun) == 2
    assert parent.returncode == 0
    assert wait_until_gone(begun, 0)


def test_a_child_heeds_sigterm_and_sigint_also_where_its_parent_ignores_them(tmp_path: Path) -> None:
    """A worker that a shell started with & otherwise runs on."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        child = Child(["http.server", "0", "--bind", "127.0.0.1"], environment=os.environ, log=tmp_path / "log")
    finally:
        signal.signal(signal.SIGINT, before)
    deadline = time.monotonic() + 20

    while not wait_until_gone([child.pid], 0.2) and time.monotonic() < deadline:
        os.kill(child.pid, signal.SIGINT)  # those that come before its first line are lost

    assert wait_until_gone([child.pid], 0)


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, time\nfrom tipcycle.service.child import Child\n"
        f"child = Child(['http.server', '0', '--bind', '127.0.0.1'], environment=os.environ, "
        f"log=pathlib.Path({str(tmp_path / 'log')!r}))\nprint(child.pid, flush=True)\ntime.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())

    parent.kill()
    parent.communicate()

    assert wait_until_gone([child], 10)


def test_a_log_that_grew_long_is_put_aside(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    with log.open("wb") as file:
        file.truncate(10_000_001)

    Child(["this"], environment=os.environ, log=log).wait()

    assert log.stat().st_size < 10_000
    assert (tmp_path / "server.log.1").stat().st_size == 10_000_001


def test_a_folder_is_served_by_one_and_is_free_again_when_that_one_is_gone(tmp_path: Path) -> None:
    mine = Served(4711, "http://127.0.0.1:4200/api")

    with only_serve({tmp_path}, mine):
        assert served_by(tmp_path) == mine
        with (
            pytest.raises(TipcycleError, match="served already by process 4711; stop that first: kill 4711"),
            only_serve({tmp_path}, Served(1, "")),
        ):
            pass

    assert served_by(tmp_path) is None
    with only_serve({tmp_path}, mine):
        pass


def test_a_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not() -> None:
    asked = []

    async def answer(request: Request) -> JSONResponse:
        asked.append(request.url.path)
        return JSONResponse({}, {1: 503, 2: 500}.get(len(asked), 200 if request.url.path == "/api/busy" else 404))

    receiver = WebReceiver(Starlette(routes=[Route("/api/{what}", answer)]))
    receiver.start()
    try:
        patient = PrefectApi(f"http://127.0.0.1:{receiver.port}/api", auth="", attempts=3)

        assert patient.get("/busy") == {}
        with pytest.raises(TipcycleError, match="/gone: 404 Not Found"):
            patient.get("/gone")
    finally:
        receiver.stop()

    assert asked == ["/api/busy"] * 3 + ["/api/gone"]


def test_no_flow_uses_a_global_limit_that_serve_does_not_make() -> None:
    """Prefect's `concurrency()` only warns and runs unlimited where a limit is missing; deployments name their own."""
    from tipcycle.settings import ROOT

    users = [
        path
        for folder in ("flows", "tasks")
        for path in (ROOT / folder).glob("*.py")
        if "prefect.concurrency" in path.read_text(encoding="utf-8")
    ]

    assert users == []
