"""The Prefect server of another machine, as a machine that only works sees it: asked, never started or ended."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tipcycle.errors import TipcycleError
from tipcycle.service.prefect_server import answers, loopback_direct, quiet_environment, without_prefect

# What says how a server behind TLS is reached; every other Prefect setting of the shell is set aside.
_HANDED_ON = ("PREFECT_API_SSL_CERT_FILE", "PREFECT_API_TLS_INSECURE_SKIP_VERIFY")


class ServerElsewhere:
    """`environment` is the caller's: PREFECT_API_URL in it says where the server is; `home` is for logs."""

    def __init__(self, home: Path, environment: Mapping[str, str], *, extra: Mapping[str, str]) -> None:
        self.api_url = environment.get("PREFECT_API_URL", "").rstrip("/")
        if not self.api_url.endswith("/api"):
            raise TipcycleError(
                f'PREFECT_API_URL is "{self.api_url}"; without the server among the parts it must say where the '
                "Prefect server is, such as https://prefect.example/api"
            )
        self.home = home
        self._extra = {name: environment[name] for name in _HANDED_ON if environment.get(name)} | dict(extra)

    @property
    def ui_url(self) -> str:
        """Where a person looks."""
        return self.api_url.removesuffix("/api")

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in order to talk to that server, and to no other."""
        ours = quiet_environment(self.home, self.api_url) | self._extra
        host = urlsplit(self.api_url).hostname or ""
        return without_prefect(os.environ) | loopback_direct(os.environ, host) | ours

    def answers(self) -> bool:
        """Whether it says that it is well."""
        return answers(self.api_url)

    def wait_until_healthy(self, *, within_seconds: float) -> None:
        """Wait for it; raises if it does not answer in time."""
        deadline = time.monotonic() + within_seconds
        while not self.answers():
            if time.monotonic() > deadline:
                raise TipcycleError(
                    f"no Prefect server answered at {self.api_url} within {within_seconds:.0f} s; start it there "
                    "first (tipcycle serve --parts server intake), or correct PREFECT_API_URL"
                )
            time.sleep(0.5)
