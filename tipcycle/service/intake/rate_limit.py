"""May this sender go on, or how long must it wait? In memory and bounded, one number a sender."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict

MOST_SENDERS = 10_000


class RateLimit:
    """At most `per_minute` at once, then one every 60/`per_minute` seconds; what was refused is not counted.

    The number kept is when the sender's last permit will have been worked off (the "generic cell rate algorithm").
    Beyond 10,000 senders the one that was quiet longest is forgotten, so that nobody can fill the memory.
    """

    def __init__(self, *, per_minute: int, most_senders: int = MOST_SENDERS) -> None:
        self._seconds_each = 60 / per_minute
        self._most_senders = most_senders
        self._worked_off: OrderedDict[str, float] = OrderedDict()

    def wait_seconds(self, sender: str, *, clock: float) -> float:
        """0 if the sender may go, which is counted; else after how many seconds. `clock` is in seconds and rises."""
        worked_off = max(self._worked_off.get(sender, clock), clock) + self._seconds_each
        wait = worked_off - clock - 60
        if wait > 1e-9:
            return wait
        self._worked_off[sender] = worked_off
        self._worked_off.move_to_end(sender)
        while len(self._worked_off) > self._most_senders:
            self._worked_off.popitem(last=False)
        return 0

    def __len__(self) -> int:
        return len(self._worked_off)


def sender_of(address: str) -> str:
    """The address that a limit counts: an IPv6 sender owns a whole /64 and is counted as that."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False))
