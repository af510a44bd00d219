"""Which parts of the product run on this machine, and how are they started and surely ended together?"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from tipcycle.service.deploy import create_pool, deploy_all
from tipcycle.service.intake.process import IntakeProcess
from tipcycle.service.kept import Kept
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.service.process_tree import descendants, kill_descendants, send, wait_until_gone
from tipcycle.service.serve_settings import client_settings, serve_settings
from tipcycle.service.server_elsewhere import ServerElsewhere
from tipcycle.service.worker import Worker
from tipcycle.settings import settings
from tipcycle.store import Store

Part = Literal["server", "worker", "intake"]
PARTS: tuple[Part, ...] = ("server", "worker", "intake")

# Ten seconds in all: the worker lets its runs finish first, then they are asked, then killed.
_WORKER_SECONDS, _RUNS_SECONDS, _SERVER_SECONDS = 3.5, 1.5, 2.0


@dataclass(frozen=True)
class Tree:
    """What runs here; `elsewhere` is the Prefect server of another machine, where none is among our parts."""

    server: PrefectServer | None = None
    elsewhere: ServerElsewhere | None = None
    worker: Worker | None = None
    intake: IntakeProcess | None = None

    @property
    def kept(self) -> tuple[Kept, ...]:
        """Everything that is kept running, in the order in which each needs the one before it."""
        return tuple(one for one in (self.server, self.worker, self.intake) if one is not None)

    @property
    def prefect(self) -> PrefectServer | ServerElsewhere | None:
        """The server that the worker asks."""
        return self.server or self.elsewhere


def tree_of(parts: Collection[Part], environment: Mapping[str, str], *, host: str, port: int) -> Tree:
    """The tree, not yet started; raises `TipcycleError` where the environment lacks what a part needs."""
    home = settings().own_dir / "prefect"
    server, elsewhere = None, None
    if "server" in parts:
        server = PrefectServer(home, host=host, port=port, extra=serve_settings(host, environment))
    elif "worker" in parts:
        elsewhere = ServerElsewhere(home, environment, extra=client_settings(environment))
    reached = server or elsewhere
    return Tree(
        server,
        elsewhere,
        Worker(reached) if "worker" in parts and reached else None,
        IntakeProcess() if "intake" in parts else None,
    )


def start(tree: Tree, say: Callable[[str], None], *, patience_seconds: float) -> None:
    """Start everything, deploy from where the server is, and return once all but the worker answers."""
    say(f"starting {', '.join(f'the {one.name}' for one in tree.kept)} …")
    if tree.server:
        tree.server.start()
        Store.create(settings().ledger_url)
    else:
        _require_ledger()
    if tree.intake:
        tree.intake.start()
    if tree.prefect:
        tree.prefect.wait_until_healthy(within_seconds=max(patience_seconds, 90))
    if tree.server:
        create_pool(tree.server)
    if tree.worker:
        tree.worker.start()  # it imports for seconds, and so does deploying
    if tree.server:
        deploy_all(tree.server)
        say("deployed everything in deployment.yaml")
    if tree.intake:
        tree.intake.wait_until_healthy()


def _require_ledger() -> None:
    """Raise unless the ledger is there in our schema: it is made and upgraded where the server runs, once for all."""
    with Store.read(settings().ledger_url):
        pass


def end_tree(tree: Tree) -> None:
    """End everything within 10 s, whatever it does with SIGTERM, and leave no process."""
    first = [one.pid for one in (tree.worker, tree.intake) if one and one.running and one.pid]
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
