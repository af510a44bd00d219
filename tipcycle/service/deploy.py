"""How does deployment.yaml get onto a server? By Prefect's own command; repeating it changes nothing."""

from __future__ import annotations

import subprocess
import sys

from tipcycle.errors import TipcycleError
from tipcycle.service.automations import deploy_automations
from tipcycle.service.prefect_api import PrefectApi, password_of
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.service.worker import POOL, Server
from tipcycle.settings import ROOT


def deploy(server: PrefectServer) -> None:
    """Create the work pool and deploy everything, with the limit that each deployment names."""
    create_pool(server)
    deploy_all(server)


def create_pool(server: PrefectServer) -> None:
    """Create the pool if it is not there; what was changed about it in the UI stays.

    Not by `prefect work-pool create`: that lets the server look on GitHub for what a process pool is. The worker knows,
    and fills that in when it starts.
    """
    api = api_of(server)
    if not api.post("/work_pools/filter", {"work_pools": {"name": {"any_": [POOL]}}}):
        api.post("/work_pools/", {"name": POOL, "type": "process"})


def deploy_all(server: PrefectServer) -> None:
    """Everything in deployment.yaml, then the rules of config/automations.yaml; raises with Prefect's own words."""
    command = ["--no-prompt", "deploy", "--prefect-file", str(ROOT / "deployment.yaml"), "--all"]
    done = subprocess.run(
        [sys.executable, "-m", "prefect", *command],
        env=server.environment | {"TIPCYCLE_ROOT": str(ROOT)},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise TipcycleError(f"prefect {' '.join(command)} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    deploy_automations(server)


def api_of(server: Server) -> PrefectApi:
    """The API of a server, with its password if it has one."""
    return PrefectApi(server.api_url, auth=password_of(server.environment), attempts=5)
