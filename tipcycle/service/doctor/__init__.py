"""What is wrong here, and how is it mended? One file a check; `CHECKS` is the index, in the order they are told.

A check asks and changes nothing: no mail, no cable, no row. It is given the moment it is made at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from tipcycle.service.doctor import (
    clock,
    config,
    disk,
    gateway,
    inbox,
    ledger,
    machines,
    mail,
    permissions,
    schedules,
    server,
    slack,
    tick,
    time_zones,
    versions,
    worker,
)
from tipcycle.service.doctor.seen import Seen

CHECKS: dict[str, Callable[[datetime], Iterable[Seen]]] = {
    "versions": versions.look,
    "config": config.look,
    "ledger": ledger.look,
    "last tick": tick.look,
    "server": server.look,
    "worker": worker.look,
    "machines": machines.look,
    "schedules": schedules.look,
    "mail": mail.look,
    "slack": slack.look,
    "gateway": gateway.look,
    "inbox": inbox.look,
    "disk": disk.look,
    "permissions": permissions.look,
    "clock": clock.look,
    "time zones": time_zones.look,
}
