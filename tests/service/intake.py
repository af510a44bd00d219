"""The intake of a story, served by a real uvicorn on loopback, on the story's clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import yaml

from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.model.token import Grant, Purpose, write_token
from tipcycle.service.intake_http import create_app
from tipcycle.service.receivers.web import WebReceiver
from tipcycle.settings import settings

AZE = f"obligation:{YEAR}:progress-report:AZE"
LVA = f"obligation:{YEAR}:progress-report:LVA"
ON_TIME = utc("2009-11-10 09:00")
FORM = (yaml.safe_dump(progress_report("AZE", "Baku")) + "...\n").encode()


class Intake:
    """`at` is what the clock of the served application says; `http` talks to it directly."""

    def __init__(self, cycle: Story) -> None:
        self.cycle, self.at = cycle, ON_TIME
        self.web = WebReceiver(create_app(clock=lambda: self.at))
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.web.port}", trust_env=False, timeout=30)

    @property
    def url(self) -> str:
        """What `TIPCYCLE_INTAKE_URL` is set to."""
        return str(self.http.base_url).rstrip("/")

    def token(self, obligation: str = AZE, *, days: int = 30, purpose: Purpose = "upload", position: str = "") -> str:
        """A good token; with negative days an expired one."""
        return write_token(
            Grant(purpose, obligation, position, self.at + timedelta(days=days)), settings().signing_secret
        )

    def bearer(self, obligation: str = AZE) -> dict[str, str]:
        """The header of a good token."""
        return {"Authorization": f"Bearer {self.token(obligation)}"}

    def upload(self, content: bytes = FORM, *, obligation: str = AZE) -> httpx.Response:
        """Upload one file."""
        return self.http.post("/submissions", content=content, headers=self.bearer(obligation))

    def inbox(self) -> list[Path]:
        """Everything that lies in the inbox, hidden files too."""
        folder = settings().inbox
        return sorted(folder.iterdir()) if folder.is_dir() else []


@contextmanager
def intake(cycle: Story, *, at: datetime = ON_TIME, **changed: str) -> Iterator[Intake]:
    """Serve it until the `with` block ends; `changed` are settings by their lower-case names."""
    os.environ.update({f"TIPCYCLE_{name.upper()}": value for name, value in changed.items()})
    running = Intake(cycle)
    running.at = at
    running.web.start()
    try:
        yield running
    finally:
        running.http.close()
        running.web.stop()
