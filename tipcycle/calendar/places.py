"""Which working time does a post or a position keep? Posts their own, everyone else Washington's."""

from __future__ import annotations

from tipcycle.calendar.deadline import WASHINGTON
from tipcycle.calendar.federal_holidays import kept_by_post
from tipcycle.calendar.working_time import WorkingTime
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.position import Position
from tipcycle.model.post import Post, WorkWeek

_WASHINGTON_WEEK = (WorkWeek(days="Mon-Fri"),)


class Places:
    """The working times of one cycle's config, each worked out once."""

    def __init__(self, config: CycleConfig) -> None:
        self._config = config
        self._federal = config.holidays.get("USA", {})
        self._posts: dict[str, WorkingTime] = {}
        self.washington = WorkingTime(WASHINGTON, _WASHINGTON_WEEK, self._federal)

    def of_post(self, post: Post) -> WorkingTime:
        """The post's working time; a desk in the Department keeps Washington's through its own row."""
        if post.id not in self._posts:
            host = {} if post.host == "USA" else self._config.holidays.get(post.host, {})
            days_off = kept_by_post(self._federal, host, post.work_weeks)
            self._posts[post.id] = WorkingTime(post.zone, post.work_weeks, days_off)
        return self._posts[post.id]

    def of(self, position: Position) -> WorkingTime:
        """The working time of whoever fills `position`."""
        return self.of_post(self._config.posts[position.post]) if position.post else self.washington

    def of_owner(self, post: str | None) -> WorkingTime:
        """The working time by which an obligation of `post` (None: the Department) falls due."""
        return self.of_post(self._config.posts[post]) if post else self.washington
