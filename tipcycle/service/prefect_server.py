"""A Prefect server of our own: its home, its port, telemetry off, and nothing left of it afterwards."""

from __future__ import annotations

import os
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tipcycle.errors import TipcycleError
from tipcycle.service.child import Child
from tipcycle.service.kept import Kept
from tipcycle.service.receivers.mailbox import free_port
from tipcycle.settings import EVERYWHERE


def quiet_environment(home: Path, api_url: str) -> dict[str, str]:
    """Prefect settings of ours: no telemetry, the first UI, nothing promotional, no prompt."""
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
    }


# What a rehearsal's server need not do: it has no deployments, so there is nothing to schedule, expire or trigger.
NO_SCHEDULES = {
    f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false"
    for service in (
        "SCHEDULER",
        "LATE_RUNS",
        "TRIGGERS",
        "FOREMAN",
        "PAUSE_EXPIRATIONS",
        "CANCELLATION_CLEANUP",
        "REPOSSESSOR",
    )
}

# Written down by the hundred, not one by one: of each task run the same is kept, a second later.
IN_BATCHES = {
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
}
# For a server that nobody looks at and whose database ends with it: runs are recorded, the feed of events is not.
NO_EVENTS_KEPT = {
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED": "false",
}


def without_prefect(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without any Prefect setting: what the caller's shell points at is not ours."""
    return {name: value for name, value in environment.items() if not name.startswith("PREFECT_")}


DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def without_proxies(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without any proxy: everything that a rehearsal talks to is on loopback."""
    return {name: value for name, value in environment.items() if name.lower() not in PROXIES}


def loopback_direct(environment: Mapping[str, str], *hosts: str) -> dict[str, str]:
    """What keeps a proxy, which a receiver may need, out of the way between us and our own server."""
    direct = ",".join(("127.0.0.1", "localhost", *hosts))
    return {name: ",".join(filter(None, (environment.get(name), direct))) for name in ("NO_PROXY", "no_proxy")}


def require_server(api_url: str) -> None:
    """Raise unless a Prefect server answers at `api_url`."""
    if not answers(api_url):
        raise TipcycleError(f"no Prefect server answers at {api_url}; start it, or leave --prefect-api out")


class PrefectServer(Kept):
    """One `prefect server start` in a process group of its own; `extra` are settings of it beyond the quiet ones."""

    name = "Prefect server"

    def __init__(
        self, home: Path, *, host: str = "127.0.0.1", port: int | None = None, extra: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self.host = host
        self.port = port or free_port()
        self._extra = dict(extra or {})
        self.home = home

    @property
    def ui_url(self) -> str:
        """Where a person on this machine looks."""
        host = "127.0.0.1" if self.host in EVERYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def api_url(self) -> str:
        """Where flows report."""
        return f"{self.ui_url}/api"

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in order to talk to this server, and to no other."""
        ours = quiet_environment(self.home, self.api_url) | {"PREFECT_UI_STATIC_DIRECTORY": str(self.home / "ui")}
        ours |= self._extra
        return without_prefect(os.environ) | loopback_direct(os.environ) | ours

    @property
    def kept_in(self) -> str:
        """What keeps its data."""
        return "PostgreSQL" if self._extra.get(DATABASE, "").startswith("postgresql") else "SQLite"

    def start(self) -> None:
        """Start, and return at once; raises if somebody answers on that port already."""
        if self.answers():
            raise TipcycleError(f"a server answers on port {self.port} already; stop it or name another --port")
        _only_first_ui(self.home / "ui")
        command = ["prefect", "server", "start", "--host", self.host, "--port", str(self.port)]
        self._child = Child(command, environment=self.environment, log=self.home / "server.log", cwd=self.home)

    def wait_until_healthy(self, *, within_seconds: float = 90) -> None:
        """Wait for it; raises with the end of its log if it does not get there."""
        deadline = time.monotonic() + within_seconds
        while not self.answers():
            if not self.running or time.monotonic() > deadline:
                tail = self.log_tail()
                self.stop()
                raise TipcycleError(f"the Prefect server did not become healthy; its log ends:\n{tail}")
            time.sleep(0.1)

    def require_running(self) -> None:
        """Raise, with the end of its log, if the server does not answer any more."""
        if not self.answers():
            told = f"the Prefect server at {self.api_url} stopped answering; its log ends:\n{self.log_tail()}"
            raise TipcycleError(told)

    def answers(self) -> bool:
        """Whether it says that it is well."""
        return answers(self.api_url)


def _only_first_ui(folder: Path) -> None:
    """Leave no place for Prefect's second UI: its pages ask a foreign host, whatever the settings say.

    The server then offers nobody to switch to it; it passes over a link that leads nowhere, with a line in its log.
    """
    folder.mkdir(parents=True, exist_ok=True)
    second = folder / "v2"
    if not second.is_symlink():
        second.symlink_to(folder / "left out")


def answers(api_url: str) -> bool:
    """Whether a Prefect server there says that it is well."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{api_url}/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):  # URLError is an OSError; a ValueError is no address at all
        return False
