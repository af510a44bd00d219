"""Run the product: Prefect server, worker, deployments and intake in one process tree, until stopped."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tipcycle.errors import TipcycleError
from tipcycle.service.child import Child
from tipcycle.service.intake.process import IntakeProcess
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.settings import ROOT, settings
from tipcycle.store import Store

POOL = "tipcycle"


def serve(*, port: int, say: Callable[[str], None]) -> None:
    """Start everything and block until a child ends or the caller is interrupted; nothing is left running."""
    home = (settings().var_dir / "prefect").resolve()
    with ExitStack() as undo:
        Store.create(settings().ledger_url)
        server = PrefectServer(home, port=port)
        undo.callback(server.stop)
        say("starting the Prefect server …")
        server.start()
        server.wait_until_healthy()
        deploy(server)
        say("deployed everything in deployment.yaml")
        worker = start_worker(server)
        undo.callback(worker.stop)
        intake = IntakeProcess()
        undo.callback(intake.stop)
        intake.start()
        intake.wait_until_healthy()
        say(f"ready: {server.ui_url}, intake {intake.url} (Ctrl-C ends it)")
        while worker.running:
            intake.keep_running(say)
            time.sleep(0.5)
        raise TipcycleError(f"the worker ended; its log ends:\n{worker.log_tail()}")


def deploy(server: PrefectServer) -> None:
    """Create the work pool and deploy deployment.yaml; repeating it changes nothing."""
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


def start_worker(server: PrefectServer) -> Child:
    """A process worker on our pool."""
    command = ["prefect", "worker", "start", "--pool", POOL, "--type", "process"]
    log = Path(server.home) / "worker.log"
    return Child(command, environment=server.environment | {"TIPCYCLE_ROOT": str(ROOT)}, log=log)
