"""config/automations.yaml on a real server: deployed once however often, and its alarm reaches the action office."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.flows.prefect_runs import post
from tests.fresh_server import fresh_server
from tipcycle.service.automations import deploy_automations
from tipcycle.service.deploy import deploy
from tipcycle.service.prefect_server import PrefectServer
from tipcycle.service.worker import start_worker
from tipcycle.settings import settings
from tipcycle.store import Store

pytestmark = pytest.mark.xdist_group("server")
_RULES = ["tipcycle failed flow", "tipcycle missing tick", "tipcycle lost run"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    home = tmp_path_factory.mktemp("prefect")
    with pytest.MonkeyPatch.context() as patch, fresh_server(home) as server:
        patch.setenv("TIPCYCLE_VAR_DIR", str(home / "var"))
        deploy(server)
        Store.create(settings().ledger_url)
        yield server


def test_the_rules_are_deployed_once_however_often(served: PrefectServer) -> None:
    made = {one["name"]: (one["id"], one["updated"]) for one in post(served, "/automations/filter", {})}
    again = deploy_automations(served)
    kept = {one["name"]: (one["id"], one["updated"]) for one in post(served, "/automations/filter", {})}

    assert again.splitlines() == [f"{name}: kept" for name in _RULES]
    assert sorted(kept) == sorted(_RULES)
    assert kept == made


def test_a_scheduled_flow_that_fails_is_mailed_to_the_action_office_once_a_day(served: PrefectServer) -> None:
    deploy_automations(served)
    deployments = {one["name"]: one["id"] for one in post(served, "/deployments/filter", {})}
    worker = start_worker(served)
    try:
        for _ in range(2):
            _start(served, deployments["open-cycle"], {"report_year": 1999})
        alarms = _ended(served, deployments["tell-coordinator"], count=2)
    finally:
        worker.stop()

    told = sorted(one["state"]["message"] for one in alarms)
    assert told == [
        "open-cycle: gtip.action-officer is told",
        "open-cycle: gtip.action-officer was told today",
    ]
    (mail,) = _mails()
    assert "open-cycle needs you" in mail
    assert "calendar/1999.yaml" in mail
    assert "/runs/flow-run/" in mail


def test_a_form_that_was_refused_sets_off_no_alarm(served: PrefectServer) -> None:
    """Whoever filled it in reads the refusal; the rule listens to flows that run by themselves."""
    rules = {one["name"]: one for one in post(served, "/automations/filter", {})}

    listened = rules["tipcycle failed flow"]["trigger"]["match_related"]["prefect.resource.id"]

    assert sorted(listened) == ["prefect.tag.intake", "prefect.tag.step", "prefect.tag.tick"]


def _start(server: PrefectServer, deployment: str, parameters: dict[str, Any]) -> None:
    body = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
    post(server, f"/deployments/{deployment}/create_flow_run", body)


def _ended(server: PrefectServer, deployment: str, *, count: int) -> list[dict[str, Any]]:
    """The runs of a deployment that ended, once there are so many, or after 120 s those there are."""
    deadline = time.monotonic() + 120
    wanted = {"deployments": {"id": {"any_": [deployment]}}, "limit": 50}
    ended: list[dict[str, Any]] = []
    while len(ended) < count and time.monotonic() < deadline:
        runs = post(server, "/flow_runs/filter", wanted)
        ended = [run for run in runs if run["state_type"] in ("COMPLETED", "FAILED", "CRASHED")]
        time.sleep(0.5)
    return ended


def _mails() -> list[str]:
    outbox: Path = settings().outbox
    return [path.read_text(encoding="utf-8") for path in outbox.rglob("*.eml")]
