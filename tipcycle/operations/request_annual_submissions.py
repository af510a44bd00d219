"""Send every post and desk its reporting instructions, once, from the planned day on.

Source: 22 U.S.C. 7107(b)(1); practice (instruction cables in winter, DOMAIN 2). Decision 0017 says who stands behind
the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from tipcycle.calendar.obligations import obligation_of
from tipcycle.config.find_post import find_post
from tipcycle.errors import StoreError
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.instructions import Instructions
from tipcycle.model.keys import instructions_key, obligation_key
from tipcycle.model.message import Message
from tipcycle.model.moment import day
from tipcycle.operations.ask_annual_submissions import ASKED, STEP, unasked_posts
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import Context, context
from tipcycle.operations.deliver import DeliveryReport, deliver
from tipcycle.operations.holds_in_force import held_in
from tipcycle.operations.lint_request import lint_request
from tipcycle.operations.obligation_life import compile_countries
from tipcycle.rendering.instructions_cable import render_instructions
from tipcycle.requests.instructions import build_instructions
from tipcycle.rules.placement_in_force import placements_in_force
from tipcycle.store import Store

_ONE_BY_ONE, _BATCH = 200, 50

_SETTLE = "form settle-unknown, or tipcycle settle"


@dataclass(frozen=True)
class OwedInstructions:
    """Posts to instruct now, in the batches of the tasks, each with a name; `line` says how things stand."""

    line: str
    batches: tuple[tuple[str, tuple[str, ...]], ...] = ()


def owed_instructions(report_year: int, at: datetime) -> OwedInstructions:
    """Which posts are owed their instructions at `at`: planned, and not yet accepted by the gateway."""
    cycle = context(report_year)
    planned = cycle.config.calendar.step(STEP).planned_on
    if cycle.places.washington.local_date(at) < planned:
        return OwedInstructions(f"not before {day(planned)}")
    with Store.read(cycle.settings.ledger_url) as store:
        found = store.cycles.find(report_year)
        if found is None or found.closed_at:
            return OwedInstructions(f"cycle {report_year} is {'closed' if found else 'not open yet'}")
        if store.obligations.get(obligation_key(report_year, STEP, None)).standing != "missing":
            return OwedInstructions("every post has its instructions; nothing owed")
        unasked, held = unasked_posts(store, cycle), held_in(store, cycle, at)
    free = [post for post in unasked if f"{post}.action-officer" not in held]
    waiting = f", {len(unasked) - len(free)} of them to posts that are on hold" if len(free) < len(unasked) else ""
    return OwedInstructions(f"{len(unasked)} reporting instructions owed{waiting}", tuple(_batches(free)))


def _batches(posts: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """A task a post while there are few; beyond that batches, named by their first and last post."""
    if len(posts) <= _ONE_BY_ONE:
        return [(post, (post,)) for post in posts]
    groups = [tuple(posts[start : start + _BATCH]) for start in range(0, len(posts), _BATCH)]
    return [(f"{group[0]} to {group[-1]}", group) for group in groups]


async def request_annual_submissions(report_year: int, posts: Sequence[str], at: datetime) -> DeliveryReport:
    """Seal and send the instructions to these posts; one that went out before or is on hold is left alone.

    Raises `StoreError` where the text does not pass our own check of cables: nothing goes out then.
    """
    keys, stuck = seal_instructions(report_year, posts, at)
    report = await deliver(keys, at)
    report.problems += [f"{one.key}: {one.state} before: {one.reason}; decide: {_SETTLE}" for one in stuck]
    return report


def seal_instructions(report_year: int, posts: Sequence[str], at: datetime) -> tuple[list[str], list[Message]]:
    """Seal those instructions; return the keys to deliver, and what waits for a person."""
    cycle = context(report_year)
    keys = [instructions_key(report_year, post) for post in posts]
    with Store.begin(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        stuck = store.messages.left_to_a_person(keys)
        reached = with_contacts(store, cycle, at)
        held = held_in(store, cycle, at)
        for post in posts:
            if (
                f"{post}.action-officer" not in held
                and store.messages.find(instructions_key(report_year, post)) is None
            ):
                store.messages.seal(_message(store, reached, post, at))
    return keys, stuck


def instructions_text(report_year: int, post: str) -> str:
    """The cable of one post, by name or id, as it went out, or as it would; nothing is written."""
    cycle = context(report_year)
    post_id = find_post(cycle.config, post).id
    with Store.read(cycle.settings.ledger_url) as store:
        sealed = store.messages.find(instructions_key(report_year, post_id))
    return sealed.body if sealed else _text(cycle, planned_instructions(cycle, post_id))


def planned_instructions(cycle: Context, post_id: str) -> Instructions:
    """What one post is told, from config alone."""
    config, post = cycle.config, cycle.config.posts[post_id]
    owed = obligation_of(config.calendar.step(ASKED), post.covers[0], config=config, places=cycle.places)
    return build_instructions(post, owed, config=config, places=cycle.places, placed=_placed(config))


def _text(cycle: Context, instructions: Instructions) -> str:
    text = render_instructions(instructions, templates=cycle.templates)
    errors = lint_request(text, cycle, on=cycle.config.calendar.step(STEP).planned_on).errors
    if errors:
        raise StoreError(
            f"reporting instructions to {instructions.post}: {errors[0]} Correct config/templates/instructions, or the "
            "row of the post or country in config/"
        )
    return text


@lru_cache(maxsize=8)
def _placed(config: CycleConfig) -> frozenset[str]:
    """Whom the last Report placed, as it stands on the planned day: worked out once, not for each post."""
    planned: date = config.calendar.step(STEP).planned_on
    return frozenset(placements_in_force(config.placements, config.previous_report, on=planned))


def _message(store: Store, cycle: Context, post_id: str, at: datetime) -> Message:
    config, post = cycle.config, cycle.config.posts[post_id]
    owed = compile_countries(store, cycle, ASKED, post.covers)
    instructions = build_instructions(post, owed[0], config=config, places=cycle.places, placed=_placed(config))
    position = config.positions[f"{post_id}.action-officer"]
    key = instructions_key(config.report_year, post_id)
    return Message(
        key=key,
        report_year=config.report_year,
        position=position.id,
        channel="cable",
        address=position.address("cable") or post.designator,
        local_on=cycle.places.of_post(post).local_date(at),
        n=0,
        subject=instructions.subject,
        body=_text(cycle, instructions),
        sealed_at=at,
        message_id=f"<{key.replace(':', '.')}@tipcycle.example>",
        obligation=obligation_key(config.report_year, STEP, None),
    )
