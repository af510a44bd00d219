"""Run the product, or some parts of it: Prefect server, worker and intake in one process tree, until stopped.

What dies is started again; whatever ends this, no process is left: see `end_tree`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tipcycle.errors import TipcycleError
from tipcycle.service.deploy import api_of
from tipcycle.service.process_tree import adopt_orphans, reap_orphans, undisturbed
from tipcycle.service.self_check import await_schedules, await_tick, await_worker, draw_start_page, start_tick
from tipcycle.service.serve_lock import Served, only_serve, this_process
from tipcycle.service.serve_settings import unreachable_page
from tipcycle.service.supervisor import Supervisor
from tipcycle.service.tree import PARTS, Part, Tree, end_tree, start, tree_of
from tipcycle.service.versions import wrong_versions
from tipcycle.settings import settings
from tipcycle.store.address import sqlite_file


def serve(
    *,
    host: str,
    port: int,
    patience_seconds: float,
    say: Callable[[str], None],
    parts: Collection[Part] = PARTS,
) -> None:
    """Start the parts, check that they work, and keep them running until interrupted; raises if they do not work.

    `patience_seconds` is how long the self-check waits for a run of each schedule, and twice that for a tick.
    """
    began = time.monotonic()
    _settle_places()
    require_versions()
    tree = tree_of(parts, os.environ, host=host, port=port)
    warning = unreachable_page(host, os.environ) if tree.server else ""
    if tree.prefect:
        os.environ.setdefault("TIPCYCLE_UI_URL", tree.prefect.ui_url)
    with only_serve(_places(), _served(tree)), _ended(tree):
        if warning:
            say(warning)
        start(tree, say, patience_seconds=patience_seconds)
        told = check(tree, patience_seconds=patience_seconds, say=say)
        say(f"self-check passed: {told}")
        where = [settings().ui_url.rstrip("/")] if tree.prefect else []
        where += [f"intake {tree.intake.url}"] if tree.intake else []
        say(f"ready after {time.monotonic() - began:.0f} s: {', '.join(where)} (Ctrl-C ends it)")
        if tree.server:
            drawn = "" if tree.worker else " (drawn by the first worker that comes)"
            say(f"where a coordinator begins: {draw_start_page(api_of(tree.server))}{drawn}")
        supervisor = Supervisor(tree.kept, say)
        while True:
            supervisor.look()
            reap_orphans([one.pid for one in tree.kept if one.pid])
            time.sleep(0.5)


def _served(tree: Tree) -> Served:
    return this_process(tree.prefect.api_url if tree.prefect else "", tree.server.kept_in if tree.server else "")


def _settle_places() -> None:
    """Make every folder absolute: the processes of the tree work in folders of their own."""
    now = settings()
    os.environ["TIPCYCLE_VAR_DIR"] = str(now.var_dir.resolve())
    os.environ["TIPCYCLE_CONFIG_DIR"] = str(now.config_dir.resolve())
    if now.local_dir:
        os.environ["TIPCYCLE_LOCAL_DIR"] = str(now.local_dir.resolve())
    file = sqlite_file(now.ledger_url) if now.database_url else None
    if file:
        os.environ["TIPCYCLE_DATABASE_URL"] = f"sqlite:///{file.resolve()}"


def _places() -> set[Path]:
    file = sqlite_file(settings().ledger_url)
    return {settings().own_dir} | ({file.parent} if file else set())


def require_versions() -> None:
    """Raise naming each package that is not as measured."""
    if wrong := wrong_versions():
        raise TipcycleError("; ".join(wrong) + ": install what requirements.lock names (make .venv/ready)")


def check(tree: Tree, *, patience_seconds: float, say: Callable[[str], None]) -> str:
    """The self-check; what it found, in a line. Raises `TipcycleError` saying what does not work."""

    def still_running() -> None:
        for one in tree.kept:
            if not one.running:
                raise TipcycleError(f"the {one.name} ended; its log ends:\n{one.log_tail()}")

    if not tree.prefect:
        return "the intake answers"
    api, now = api_of(tree.prefect), datetime.now(UTC)
    if not tree.server and tree.worker:
        await_worker(api, tree.worker.own_name, within_seconds=patience_seconds, still_running=still_running)
        return f"the server heard of the worker {tree.worker.own_name}"
    say(f"self-check: does every schedule have a run{', and does a tick run' if tree.worker else ''}?")
    run_id = start_tick(api) if tree.worker else ""
    count = await_schedules(api, now, within_seconds=patience_seconds, still_running=still_running)
    if not run_id:
        return f"{count} schedules have runs, for the workers of other machines"
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
