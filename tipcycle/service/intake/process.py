"""The intake as a process of its own, started and surely ended like every other child of `tipcycle serve`."""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from tipcycle.errors import TipcycleError
from tipcycle.service.child import Child
from tipcycle.service.prefect_server import without_prefect
from tipcycle.settings import settings


class IntakeProcess:
    """One `python -m tipcycle.service.intake_http` on the host and port of the settings."""

    def __init__(self) -> None:
        now = settings()
        self.log = now.var_dir / "intake.log"
        host = "127.0.0.1" if now.intake_host in ("0.0.0.0", "::") else now.intake_host  # noqa: S104 - only asked about
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{now.intake_port}"
        self._child: Child | None = None

    def start(self) -> None:
        """Start, and return at once; raises if somebody answers on that port already."""
        if self._healthy():
            raise TipcycleError(f"an intake answers on {self.url} already; stop it or set TIPCYCLE_INTAKE_PORT")
        module = ["tipcycle.service.intake_http"]
        self._child = Child(module, environment=without_prefect(os.environ), log=self.log)

    def wait_until_healthy(self, *, within_seconds: float = 30) -> None:
        """Wait for it; raises with the end of its log if it does not get there."""
        deadline = time.monotonic() + within_seconds
        while not self._healthy():
            if not self.running or time.monotonic() > deadline:
                tail = self.log_tail()
                self.stop()
                raise TipcycleError(f"the intake did not become healthy on {self.url}; its log ends:\n{tail}")
            time.sleep(0.1)

    def keep_running(self, say: Callable[[str], None]) -> None:
        """Start it again if it ended; raises if it does not become healthy."""
        if not self.running:
            say(f"the intake ended and is started again; its log is {self.log}")
            self.start()
            self.wait_until_healthy()

    @property
    def running(self) -> bool:
        """Whether it still runs."""
        return self._child is not None and self._child.running

    def log_tail(self) -> str:
        """The end of its log."""
        return self._child.log_tail() if self._child else ""

    def stop(self) -> None:
        """End it; an upload that is under way is broken off and leaves nothing."""
        if self._child:
            self._child.stop()
            self._child = None

    def _healthy(self) -> bool:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(f"{self.url}/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
