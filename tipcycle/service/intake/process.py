"""The intake as a process of its own, started and surely ended like every other child of `tipcycle serve`."""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request

from tipcycle.errors import TipcycleError
from tipcycle.service.child import Child
from tipcycle.service.kept import Kept
from tipcycle.service.prefect_api import AUTH, password_of
from tipcycle.service.prefect_server import without_prefect
from tipcycle.settings import settings


class IntakeProcess(Kept):
    """One `python -m tipcycle.service.intake_http` on the host and port of the settings."""

    name = "intake"

    def __init__(self) -> None:
        super().__init__()
        now = settings()
        self.log = now.own_dir / "intake.log"
        self.url = now.intake_here

    def start(self) -> None:
        """Start, and return at once; raises if somebody answers on that port already."""
        if self.answers():
            raise TipcycleError(f"an intake answers on {self.url} already; stop it or set TIPCYCLE_INTAKE_PORT")
        module = ["tipcycle.service.intake_http"]
        environment = without_prefect(os.environ)
        if password := password_of(os.environ):  # the board asks for it
            environment[AUTH[0]] = password
        self._child = Child(module, environment=environment, log=self.log)

    def wait_until_healthy(self, *, within_seconds: float = 30) -> None:
        """Wait for it; raises with the end of its log if it does not get there."""
        deadline = time.monotonic() + within_seconds
        while not self.answers():
            if not self.running or time.monotonic() > deadline:
                tail = self.log_tail()
                self.stop()
                raise TipcycleError(f"the intake did not become healthy on {self.url}; its log ends:\n{tail}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether it says that it is well."""
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(f"{self.url}/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
