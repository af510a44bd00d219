"""The process worker on our pool: it takes each run from the server and lives through the server's outages."""

from __future__ import annotations

from tipcycle.errors import TipcycleError
from tipcycle.service.child import Child
from tipcycle.service.kept import Kept
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.settings import ROOT

POOL = "tipcycle"


def start_worker(server: PrefectServer) -> Child:
    """One process worker."""
    command = ["prefect", "worker", "start", "--pool", POOL, "--type", "process"]
    environment = server.environment | {
        "TIPCYCLE_ROOT": str(ROOT),
        "PREFECT_LOGGING_LOGGERS_PREFECT_FLOW_RUNS_LEVEL": "INFO",
    }
    return Child(command, environment=environment, log=server.home / "worker.log", cwd=server.home)


class Worker(Kept):
    """A worker that can be started again."""

    name = "worker"

    def __init__(self, server: PrefectServer) -> None:
        super().__init__()
        self._server = server

    def start(self) -> None:
        """Start it, and return at once; not while there is no server, whose absence would only end it again."""
        if not self._server.answers():
            raise TipcycleError("the Prefect server does not answer")
        self._child = start_worker(self._server)

    def answers(self) -> bool:
        """It listens nowhere; the server knows its last heartbeat, and `tipcycle doctor` asks for it."""
        return True
