"""Telling Prefect what happened, as events that automations can wait for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from prefect import get_client, task
from prefect.cache_policies import NO_CACHE
from prefect.variables import Variable

from tipcycle.model.fact import Fact
from tipcycle.operations.read_facts import facts_since

TOLD = "tipcycle_told_act"  # up to which act this Prefect server was told


@task(name="tell-facts", cache_policy=NO_CACHE, timeout_seconds=120)
async def tell_facts() -> int:
    """An event for each act since the last; how many. Told twice, an event has the same id and is kept once."""
    told = await Variable.aget(TOLD, default=0)
    facts = facts_since(told if isinstance(told, int) else 0)
    if facts:
        async with get_client() as client:
            answer = await client.request("POST", "/events", json=[_event(fact) for fact in facts])
            answer.raise_for_status()
        await Variable.aset(TOLD, facts[-1].number, overwrite=True)
    return len(facts)


def _event(fact: Fact) -> dict[str, Any]:
    about = [(kind, f"tipcycle.{kind}.{key}") for kind, key in fact.about.items()] or [("ledger", "tipcycle.ledger")]
    (_, closest), *related = about
    return {
        "id": str(UUID(fact.hash[:32])),
        "event": fact.event,
        "occurred": fact.at.isoformat(),
        "resource": {"prefect.resource.id": closest, "prefect.resource.name": fact.name or closest},
        "related": [{"prefect.resource.id": key, "prefect.resource.role": kind} for kind, key in related],
        "payload": {"act": fact.number, "actor": fact.actor},
    }
