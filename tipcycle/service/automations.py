"""Deploy config/automations.yaml: each rule by its name, created once, changed where the file changed.

Run as a program in the server's own environment, as everything that talks to it is: `deploy_automations` does so.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tipcycle.errors import ConfigError, Fault, TipcycleError
from tipcycle.model.plain_yaml import load_plain_yaml
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.settings import ROOT, settings

FILE = "automations.yaml"


def deploy_automations(server: PrefectServer) -> str:
    """Deploy the rules, after everything in deployment.yaml; a line for each. Repeating it changes nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "tipcycle.service.automations"],
        env=server.environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise TipcycleError(f"config/{FILE} could not be deployed:\n{(done.stdout + done.stderr)[-2000:]}")
    return done.stdout


def read_rules(config_dir: Path, deployments: Mapping[str, Any]) -> list[Any]:
    """The rules as Prefect takes them; raises `ConfigError` with every fault of the file."""
    from prefect.events.schemas.automations import AutomationCore

    rules, faults = [], []
    for rule in load_plain_yaml((config_dir / FILE).read_text(encoding="utf-8")):
        name = str(rule.get("name", ""))
        try:
            rules.append(AutomationCore(**_core(rule, deployments)))
        except KeyError as error:
            faults.append(Fault(f"config/{FILE}", name, f"{error}", "no such deployment or field; name one"))
        except ValidationError as error:
            faults += [
                Fault(f"config/{FILE}", f"{name}: {'.'.join(map(str, one['loc']))}", "", one["msg"])
                for one in error.errors()
            ]
    if faults:
        raise ConfigError(faults)
    return rules


def _core(rule: Mapping[str, Any], deployments: Mapping[str, Any]) -> dict[str, Any]:
    if "run" in rule:
        action = {"type": "run-deployment", "deployment_id": deployments[rule["run"]], "parameters": rule["parameters"]}
    else:
        action = {"type": "change-flow-run-state", "state": rule["state"], "message": rule["message"]}
    return {key: rule[key] for key in ("name", "description", "trigger")} | {"actions": [action]}


async def _deploy() -> None:
    from prefect import get_client

    async with get_client() as client:
        deployments = {one.name: one.id for one in await client.read_deployments()}
        for rule in read_rules(settings().config_dir, deployments):
            known = await client.read_automations_by_name(rule.name)
            first = known[0] if known else None
            for other in known[1:]:
                await client.delete_automation(other.id)
            done = "kept"
            if first is None:
                await client.create_automation(rule)
                done = "created"
            elif _as_sent(first) != _as_sent(rule):
                await client.update_automation(first.id, rule.model_copy(update={"enabled": first.enabled}))
                done = "changed"
            print(f"{rule.name}: {done}")


def _as_sent(rule: Any) -> Any:
    """What a rule says, without what the server adds; whether it is switched on is left to people."""
    return rule.model_dump(include={"name", "description", "trigger", "actions"})


if __name__ == "__main__":
    try:
        asyncio.run(_deploy())
    except TipcycleError as problem:
        sys.exit(str(problem))
