"""Which posts are asked at the opening of a cycle whether their positions are still filled as we think?

Once a cycle and post, in its own working hours, from the opening until the special watch list is planned; after that
the mails of the cycle itself show which address is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from tipcycle.calendar.places import Places
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.post import Post


@dataclass(frozen=True)
class RollCall:
    """Posts to ask now, in order of their id, and the next moment at which another can be (None: none is left)."""

    posts: tuple[Post, ...]
    wake_at: datetime | None


def decide_roll_call(
    config: CycleConfig,
    places: Places,
    *,
    opened_at: datetime,
    called: Collection[str],
    at: datetime,
    held: Mapping[str, datetime] | None = None,
) -> RollCall:
    """Who is asked at `at`; `called` holds the ids of posts that were asked already, `held` until when others wait."""
    last = config.calendar.step("special-watch-list").planned_on
    if at < opened_at:
        return RollCall((), opened_at)
    if places.washington.local_date(at) >= last:
        return RollCall((), None)
    waiting = [post for post in config.posts.values() if post.id not in called]
    wait = held or {}
    free = [post for post in waiting if post.id not in wait]
    now = tuple(sorted((post for post in free if places.of_post(post).is_open(at)), key=lambda post: post.id))
    later = [places.of_post(post).next_opening(wait.get(post.id, at)) for post in waiting if post not in now]
    return RollCall(now, min(later, default=None))
