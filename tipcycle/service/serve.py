"""Run the product: Prefect server, worker, deployments and intake in one process tree, until stopped.

What dies is started again; whatever ends this, no process is left: see `end_tree`.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tipcycle.errors import TipcycleError
from tipcycle.service.deploy import api_of, create_pool, deploy_all
from tipcycle.service.intake.process import IntakeProcess
from tipcycle.service.kept import Kept
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.service.process_tree import (
    adopt_orphans,
    descendants,
    kill_descendants,
    reap_orphans,
    send,
    undisturbed,
    wait_until_gone,
)
from tipcycle.service.self_check import await_schedules, await_tick, draw_start_page, start_tick
from tipcycle.service.serve_lock import only_serve, this_process
from tipcycle.service.serve_settings import serve_settings, unreachable_page
from tipcycle.service.supervisor import Supervisor
from tipcycle.service.versions import wrong_versions
from tipcycle.service.worker import Worker
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.address import sqlite_file

# Ten seconds in all: the worker lets its runs finish first, then they are asked, then killed.
_WORKER_SECONDS, _RUNS_SECONDS, _SERVER_SECONDS = 3.5, 1.5, 2.0


@dataclass(frozen=True)
class Tree:
    """What runs, in the order in which each needs the one before it."""

    server: PrefectServer
    worker: Worker
    intake: IntakeProcess

    @property
    def kept(self) -> tuple[Kept, ...]:
        """Everything that is kept running."""
        return self.server, self.worker, self.intake


def serve(*, host: str, port: int, patience_seconds: float, say: Callable[[str], None]) -> None:
    """Start everything, check that it works, and keep it running until interrupted; raises if it does not work.

    `patience_seconds` is how long the self-check waits for a run of each schedule, and twice that for a tick.
    """
    began = time.monotonic()
    _settle_places()
    require_versions()
    extra = serve_settings(host, os.environ)
    warning = unreachable_page(host, os.environ)
    server = PrefectServer(settings().var_dir / "prefect", host=host, port=port, extra=extra)
    os.environ.setdefault("TIPCYCLE_UI_URL", server.ui_url)
    tree = Tree(server, Worker(server), IntakeProcess())
    with only_serve(_places(), this_process(server.api_url)), _ended(tree):
        if warning:
            say(warning)
        _start(tree, say)
        told = check(tree, patience_seconds=patience_seconds, say=say)
        say(f"self-check passed: {told}")
        say(f"ready after {time.monotonic() - began:.0f} s: {server.ui_url}, intake {tree.intake.url} (Ctrl-C ends it)")
        say(f"where a coordinator begins: {draw_start_page(api_of(server))}")
        supervisor = Supervisor(tree.kept, say)
        while True:
            supervisor.look()
            reap_orphans([one.pid for one in tree.kept if one.pid])
            time.sleep(0.5)


def _settle_places() -> None:
    """Make every folder absolute: the processes of the tree work in folders of their own."""
    now = settings()
    os.environ["TIPCYCLE_VAR_DIR"] = str(now.var_dir.resolve())
    os.environ["TIPCYCLE_CONFIG_DIR"] = str(now.config_dir.resolve())
    file = sqlite_file(now.ledger_url) if now.database_url else None
    if file:
        os.environ["TIPCYCLE_DATABASE_URL"] = f"sqlite:///{file.resolve()}"


def _places() -> set[Path]:
    file = sqlite_file(settings().ledger_url)
    return {settings().var_dir} | ({file.parent} if file else set())


def require_versions() -> None:
    """Raise naming each package that is not as measured."""
    if wrong := wrong_versions():
        raise TipcycleError("; ".join(wrong) + ": install what requirements.lock names (make .venv/ready)")


def _start(tree: Tree, say: Callable[[str], None]) -> None:
    say("starting the Prefect server and the intake …")
    tree.server.start()
    Store.create(settings().ledger_url)
    tree.intake.start()
    tree.server.wait_until_healthy()
    create_pool(tree.server)
    tree.worker.start()  # it imports for seconds, and so does deploying
    deploy_all(tree.server)
    say("deployed everything in deployment.yaml")
    tree.intake.wait_until_healthy()


def check(tree: Tree, *, patience_seconds: float, say: Callable[[str], None]) -> str:
    """The self-check; what it found, in a line. Raises `TipcycleError` saying what does not work."""

    def still_running() -> None:
        for one in tree.kept:
            if not one.running:
                raise TipcycleError(f"the {one.name} ended; its log ends:\n{one.log_tail()}")

    say("self-check: does every schedule have a run, and does a tick run?")
    api, now = api_of(tree.server), datetime.now(UTC)
    run_id = start_tick(api)
    count = await_schedules(api, now, within_seconds=patience_seconds, still_running=still_running)
    said = await_tick(api, run_id, within_seconds=2 * patience_seconds, still_running=still_running, say=say)
    return f"{count} schedules have runs; a tick ran: {' '.join(said.split())}"


@contextmanager
def _ended(tree: Tree) -> Iterator[None]:
    adopt_orphans()
    try:
        yield
    finally:
        with undisturbed():
            end_tree(tree)


def end_tree(tree: Tree) -> None:
    """End everything within 10 s, whatever it does with SIGTERM, and leave no process."""
    first = [one.pid for one in (tree.worker, tree.intake) if one.running and one.pid]
    runs = descendants(first)
    send(signal.SIGTERM, first)
    if not wait_until_gone([*first, *runs], _WORKER_SECONDS):
        left = [*first, *runs, *descendants(first)]
        send(signal.SIGTERM, left)
        wait_until_gone(left, _RUNS_SECONDS)
        send(signal.SIGKILL, left)
    others = descendants([os.getpid()])
    send(signal.SIGTERM, others)
    wait_until_gone(others, _SERVER_SECONDS)
    kill_descendants()
    for one in reversed(tree.kept):  # without /proc nobody was found above
        if one.running:
            one.stop()
