"""The process worker on our pool: it takes each run from the server and lives through the server's outages."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path
from typing import Protocol

from tipcycle.errors import TipcycleError
from tipcycle.service.child import Child
from tipcycle.service.kept import Kept
from tipcycle.service.one_authority import one_authority
from tipcycle.settings import ROOT

POOL = "tipcycle"


class Server(Protocol):
    """What a worker knows of its Prefect server, here or on another machine."""

    @property
    def home(self) -> Path:
        """Where this machine's logs of Prefect lie."""

    @property
    def api_url(self) -> str:
        """Where flows report."""

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in order to talk to it."""

    def answers(self) -> bool:
        """Whether it says that it is well."""


def start_worker(server: Server, *, name: str = "") -> Child:
    """One process worker; without a name Prefect makes one up."""
    command = ["prefect", "worker", "start", "--pool", POOL, "--type", "process", *(["--name", name] if name else [])]
    # Prefect's runner keeps its files in one folder of the system's, which another user's worker may have made.
    passing = server.home.parent / "tmp"
    passing.mkdir(mode=0o700, exist_ok=True)
    ours = {"TIPCYCLE_ROOT": str(ROOT), "TMPDIR": str(passing)}
    environment = one_authority(server.home, server.api_url) | server.environment | ours
    return Child(command, environment=environment, log=server.home / "worker.log", cwd=server.home)


class Worker(Kept):
    """A worker that can be started again; the server knows it by `own_name`, which no other machine's bears."""

    name = "worker"

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._server = server
        self.own_name = f"{socket.gethostname()}-{secrets.token_hex(3)}"

    def start(self) -> None:
        """Start it, and return at once; not while there is no server, whose absence would only end it again."""
        if not self._server.answers():
            raise TipcycleError("the Prefect server does not answer")
        self._child = start_worker(self._server, name=self.own_name)

    def answers(self) -> bool:
        """It listens nowhere; the server knows its last heartbeat, and `tipcycle doctor` asks for it."""
        return True
