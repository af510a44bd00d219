"""Which days does a place work, on its own clock? From posts.yaml and the stored holidays, for the watchman alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tipcycle.model.cycle import CycleConfig
from tipcycle.model.post import Post

_NINE, _FIVE = 9, 17
_SUNDAY_TO_THURSDAY = "Sun-Thu"


class LocalTime:
    """A post's working time; without a post, Washington's."""

    def __init__(self, config: CycleConfig, post: Post | None) -> None:
        self.zone = post.zone if post else ZoneInfo("America/New_York")
        self._weeks = [(week.since or date.min, week.weekdays, week.days) for week in post.work_weeks] if post else []
        federal = config.holidays.get("USA", {})
        self._off = {self._kept(day) for day in federal}
        if post and post.host != "USA":
            self._off |= set(config.holidays.get(post.host, {}))

    def works(self, day: date) -> bool:
        """Whether anybody is in on that day."""
        weekdays, _ = self._week(day)
        left_out = self.today(self.morning(day)) != day  # a zone moved over the date line
        return day.weekday() in weekdays and day not in self._off and not left_out

    def roll(self, day: date, *, step: int) -> date:
        """`day` if it is worked, else the nearest worked one back (-1) or on (1)."""
        while not self.works(day):
            day += timedelta(days=step)
        return day

    def workdays_after(self, day: date, count: int) -> date:
        """The `count`-th worked day after `day`."""
        for _ in range(count):
            day = self.roll(day + timedelta(days=1), step=1)
        return day

    def morning(self, day: date) -> datetime:
        """Nine o'clock there."""
        return datetime.combine(day, time(_NINE), self.zone).astimezone(UTC)

    def last_second(self, day: date) -> datetime:
        """When that day is over there; an hour that comes twice counts twice."""
        twice = (datetime.combine(day, time(23, 59, 59, fold=fold), self.zone) for fold in (0, 1))
        return max(moment.astimezone(UTC) for moment in twice)

    def today(self, at: datetime) -> date:
        """The date on the wall there."""
        return at.astimezone(self.zone).date()

    def is_in(self, at: datetime) -> bool:
        """Whether `at` is between nine and five of a worked day."""
        there = at.astimezone(self.zone)
        return _NINE <= there.hour < _FIVE and self.works(there.date())

    def comes_in(self, at: datetime) -> datetime:
        """The first morning after `at` on which somebody is in."""
        day = self.roll(self.today(at), step=1)
        if self.morning(day) <= at:
            day = self.roll(day + timedelta(days=1), step=1)
        return self.morning(day)

    def _week(self, day: date) -> tuple[frozenset[int], str]:
        weeks = [(weekdays, name) for since, weekdays, name in self._weeks if since <= day]
        return weeks[-1] if weeks else (frozenset(range(5)), "Mon-Fri")

    def _kept(self, federal: date) -> date:
        """A post that rests on Friday and Saturday keeps a Monday holiday on Sunday and a Friday one on Thursday."""
        _, name = self._week(federal)
        moved = name == _SUNDAY_TO_THURSDAY and federal.weekday() in (0, 4)
        return federal - timedelta(days=1) if moved else federal


class Clocks:
    """The local times of one config, each made once."""

    def __init__(self, config: CycleConfig) -> None:
        self._config = config
        self._made: dict[str | None, LocalTime] = {}

    def at_post(self, post: str | None) -> LocalTime:
        """The clock of a post by id; None is the Department."""
        if post not in self._made:
            self._made[post] = LocalTime(self._config, self._config.posts[post] if post else None)
        return self._made[post]

    def of(self, position: str) -> LocalTime:
        """The clock of a position by id; of one that config does not know, Washington's."""
        known = self._config.positions.get(position)
        return self.at_post(known.post if known else None)
