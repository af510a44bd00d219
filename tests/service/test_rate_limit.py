"""How fast a sender may go, and that counting it costs no more than a bounded memory."""

from __future__ import annotations

import pytest

from tipcycle.service.intake.rate_limit import RateLimit, sender_of


def waits(limit: RateLimit, *clocks: float, sender: str = "a") -> list[float]:
    return [round(limit.wait_seconds(sender, clock=clock), 3) for clock in clocks]


def test_a_minute_s_permits_may_be_used_at_once_and_the_next_comes_after_its_share() -> None:
    assert waits(RateLimit(per_minute=3), 0, 0, 0, 0, 19.9, 20, 20) == [0, 0, 0, 20, 0.1, 0, 20]


def test_what_was_refused_is_not_counted() -> None:
    assert waits(RateLimit(per_minute=1), 0, 1, 2, 59, 60) == [0, 59, 58, 1, 0]


def test_a_quiet_minute_gives_everything_back() -> None:
    assert waits(RateLimit(per_minute=2), 0, 0, 100, 100, 100) == [0, 0, 0, 0, 30]


def test_senders_do_not_slow_each_other_down() -> None:
    limit = RateLimit(per_minute=1)

    assert [*waits(limit, 0), *waits(limit, 0, sender="b")] == [0, 0]


def test_the_sender_that_was_quiet_longest_is_forgotten_first() -> None:
    limit = RateLimit(per_minute=1, most_senders=2)
    for sender in ("a", "b", "c"):
        waits(limit, 0, sender=sender)

    assert len(limit) == 2
    assert waits(limit, 1, sender="c") == [59]
    assert waits(limit, 1, sender="a") == [0], "forgotten"


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("a socket", "a socket"),
    ],
)
def test_an_ipv6_sender_is_counted_by_its_network(address: str, sender: str) -> None:
    assert sender_of(address) == sender
