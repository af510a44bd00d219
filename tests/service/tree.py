"""One `tipcycle serve` as a process of its own, as an operator starts it, and what its tree is made of."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.fresh_server import lay_database
from tipcycle.service.prefect_api import PrefectApi
from tipcycle.service.prefect_server import without_prefect, without_proxies
from tipcycle.service.process_tree import descendants
from tipcycle.service.receivers.mailbox import free_port

OUTBOUND = Path(__file__).parent / "outbound"


class ServeTree:
    """Started in `folder`, which is its var folder; nothing in it can reach beyond loopback (`outbound/`)."""

    def __init__(self, folder: Path, *words: str, **settings: str) -> None:
        self.folder, self.port, self.intake_port = folder, free_port(), free_port()
        self.watch = folder / "outbound"
        self.watch.mkdir(parents=True, exist_ok=True)  # a machine may come back
        self.environment = self._environment(settings)
        lay_database(Path(settings.get("TIPCYCLE_LOCAL_DIR", folder)) / "prefect")
        self.said_in = folder / "said.txt"
        with self.said_in.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tipcycle.cli", "serve", "--port", str(self.port), *words],
                env=self.environment,
                stderr=said,
                # As a shell leaves a command that it starts with &: SIGINT is ignored, and inherited so.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN) and None,  # noqa: PLW1509
            )

    def _environment(self, settings: dict[str, str]) -> dict[str, str]:
        kept = without_proxies(without_prefect(os.environ))
        ours = {
            "TIPCYCLE_VAR_DIR": str(self.folder),
            "TIPCYCLE_DATABASE_URL": "",
            "TIPCYCLE_INTAKE_PORT": str(self.intake_port),
            "OUTBOUND_FOLDER": str(self.watch),
            "PYTHONPATH": str(OUTBOUND),
        }
        return {name: text for name, text in kept.items() if not name.startswith("TIPCYCLE_")} | ours | settings

    @property
    def api(self) -> PrefectApi:
        """Its Prefect server."""
        auth = self.environment.get("PREFECT_SERVER_API_AUTH_STRING", "")
        return PrefectApi(f"http://127.0.0.1:{self.port}/api", auth=auth, attempts=5)

    @property
    def said(self) -> str:
        """What it told the operator so far."""
        return self.said_in.read_text(encoding="utf-8")

    def pids(self) -> list[int]:
        """It and everything that descends from it."""
        return [self.process.pid, *descendants([self.process.pid])]

    def find(self, words: str) -> int | None:
        """The process of the tree in whose command line `words` stand."""
        for pid in self.pids():
            try:
                line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if words in line:
                return pid
        return None

    def wait_for(self, what: Callable[[], object], *, seconds: float = 120) -> None:
        """Wait until `what()` is true; fails with what serve said so far."""
        deadline = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < deadline, self.said
            assert self.process.poll() is None, self.said
            time.sleep(0.1)

    def wait_until_ready(self) -> float:
        """The seconds that it says it took."""
        self.wait_for(lambda: "ready after" in self.said, seconds=240)
        found = re.search(r"ready after (\d+) s", self.said)
        assert found
        return float(found[1])

    def end(self) -> float:
        """SIGTERM; how many seconds it took to end."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        return time.monotonic() - began

    def left(self, pids: list[int]) -> list[str]:
        """Those of `pids`, and whoever else carries this folder in its environment, that still run."""
        return [
            f"{folder.name} {(folder / 'cmdline').read_bytes()!r}"
            for folder in Path("/proc").glob("[0-9]*")
            if self._is_ours(folder, pids)
        ]

    def _is_ours(self, folder: Path, pids: list[int]) -> bool:
        try:
            state = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
            environment = (folder / "environ").read_bytes()
        except OSError:
            return False
        return state != "Z" and (int(folder.name) in pids or str(self.folder).encode() in environment)
