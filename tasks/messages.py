"""Planning and delivering messages; a message known to be unsent is tried again by the next tick, not by Prefect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from tipcycle.operations.deliver import DeliveryReport, deliver
from tipcycle.operations.plan_messages import MessagePlan
from tipcycle.operations.plan_messages import plan_messages as plan
from tipcycle.operations.tick import MOST_ROUNDS, TickReport
from tipcycle.operations.tick import step_due_moments as step

__all__ = ["MOST_ROUNDS", "deliver_batch", "plan_messages", "step_due_moments"]


@task(name="plan-messages", cache_policy=NO_CACHE, timeout_seconds=600)
async def plan_messages(at: datetime) -> MessagePlan:
    """Seal what is owed at `at`."""
    return plan(at)


@task(name="deliver-batch", cache_policy=NO_CACHE, timeout_seconds=600)
async def deliver_batch(keys: Sequence[str], at: datetime) -> DeliveryReport:
    """Deliver up to two hundred messages."""
    return await deliver(keys, at)


@task(name="step-due-moments", cache_policy=NO_CACHE, timeout_seconds=600)
async def step_due_moments(at: datetime) -> list[TickReport]:
    """In a rehearsal, tick at each due moment of the day; elsewhere nothing."""
    return await step(at)
