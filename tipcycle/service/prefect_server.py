"""A Prefect server of our own: its home, its port, telemetry off, and nothing left of it afterwards."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tipcycle.errors import TipcycleError
from tipcycle.service.receivers.mailbox import free_port

_STOP_SECONDS = 8


def quiet_environment(home: Path, api_url: str) -> dict[str, str]:
    """Prefect settings of a rehearsal: no telemetry, the first UI, nothing promotional, no prompt."""
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": api_url,
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    }


def without_prefect(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without any Prefect setting: what the caller's shell points at is not ours."""
    return {name: value for name, value in environment.items() if not name.startswith("PREFECT_")}


class PrefectServer:
    """One `prefect server start` in a process group of its own."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.home = home
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def _log(self) -> Path:
        return self.home / "server.log"

    @property
    def ui_url(self) -> str:
        """Where a person looks."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        """Where flows report."""
        return f"{self.ui_url}/api"

    def start(self) -> None:
        """Start, and return at once."""
        self.home.mkdir(parents=True, exist_ok=True)
        environment = without_prefect(os.environ) | quiet_environment(self.home, self.api_url)
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self.port)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_healthy(self, *, within_seconds: float = 90) -> None:
        """Wait for it; raises with the end of its log if it does not get there."""
        deadline = time.monotonic() + within_seconds
        while not self._healthy():
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                self.stop()
                tail = self._log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise TipcycleError(f"the Prefect server did not become healthy; its log ends:\n{tail}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End the whole process group: asked first, then killed."""
        if self._process is None:
            return
        group = self._process.pid
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=_STOP_SECONDS)
        self._process = None

    def wait(self) -> None:
        """Block until the server ends."""
        if self._process:
            self._process.wait()

    def _healthy(self) -> bool:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(f"{self.api_url}/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
