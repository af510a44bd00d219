"""How does deployment.yaml get onto a server? By Prefect's own commands; repeating them changes nothing."""

from __future__ import annotations

import subprocess
import sys

from tipcycle.errors import TipcycleError
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.service.worker import POOL
from tipcycle.settings import ROOT


def deploy(server: PrefectServer) -> None:
    """Create the work pool and deploy everything, with the limits that each deployment names."""
    environment = server.environment | {"TIPCYCLE_ROOT": str(ROOT)}
    for command in (
        ["work-pool", "create", POOL, "--type", "process", "--overwrite"],
        ["--no-prompt", "deploy", "--prefect-file", str(ROOT / "deployment.yaml"), "--all"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *command],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise TipcycleError(f"prefect {' '.join(command)} failed:\n{(done.stdout + done.stderr)[-2000:]}")
