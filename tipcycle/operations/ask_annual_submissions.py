"""What follows once a post has its reporting instructions? It owes an annual submission for each of its countries.

Moves of another operation's transaction; they do not commit. Source: 22 U.S.C. 7107(b)(1).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tipcycle.model.keys import annual_forms_key, instructions_key, obligation_key
from tipcycle.operations.context import Context
from tipcycle.operations.forms_mail import annual_forms_mail
from tipcycle.operations.obligation_life import compile_countries, fulfil, open_obligations
from tipcycle.store import Store

STEP, ASKED = "reporting-instructions", "annual-submission"


def ask_annual_submissions(store: Store, cycle: Context, post_id: str, *, at: datetime) -> None:
    """Let one post owe its annual submissions from `at` on; the last post to be asked ends the Department's step.

    Told twice of the same acceptance it changes nothing: what is open stays as it was opened.
    """
    year = cycle.config.report_year
    owed = compile_countries(store, cycle, ASKED, cycle.config.posts[post_id].covers)
    open_obligations(store, cycle, owed, at=at)
    if store.messages.find(annual_forms_key(year, post_id)) is None:
        mail = annual_forms_mail(store, cycle, post_id, at=at)
        if mail:
            store.messages.seal(mail)
    step = store.obligations.get(obligation_key(year, STEP, None))
    if step.standing == "missing" and not unasked_posts(store, cycle):
        fulfil(store, cycle, step, standing="received", at=at, reason="every post was asked")


def unasked_posts(store: Store, cycle: Context) -> list[str]:
    """The posts and desks whose instructions the gateway has not accepted, in order of id."""
    year = cycle.config.report_year
    accepted = set(store.messages.accepted_like(instructions_key(year, "")))
    return sorted(one for one in cycle.config.posts if instructions_key(year, one) not in accepted)


def told_posts(cycle: Context, posts: Iterable[str], *, most: int = 5) -> str:
    """`Baku, Dakar and 169 more`."""
    names = [cycle.config.posts[one].name for one in posts]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
