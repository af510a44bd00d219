"""At which instant is a process killed? Names the instants of commits, mail, HTTP and files from outside the product.

Everything is hung onto the libraries below us (SQLAlchemy, asyncio's sockets, http.client, os): no line of the
product knows of it. It is for a child that is thrown away: nothing is taken back.
"""

from __future__ import annotations

import asyncio.selector_events
import http.client
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

_SMTP = ("EHLO", "HELO", "MAIL", "RCPT", "DATA", "RSET", "QUIT")
_END_OF_MAIL = b"\r\n.\r\n"


class Points:
    """`seen` is every instant in order; the process dies at the `kill_at`, a name and which one of that name it is."""

    def __init__(self, kill_at: tuple[str, int] | None) -> None:
        self.seen: list[str] = []
        self._times: Counter[str] = Counter()
        self._kill_at = kill_at

    def reach(self, name: str) -> None:
        """The process is at that instant now."""
        self.seen.append(name)
        self._times[name] += 1
        if self._kill_at == (name, self._times[name]):
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, holder: Any, name: str, point: Callable[..., str]) -> None:
        """Let `holder`'s function of that name be an instant before and one after; `point` names it, "" is none."""
        real = getattr(holder, name)

        def wrapped(*args: Any, **named: Any) -> Any:
            said = point(*args)
            if not said:
                return real(*args, **named)
            self.reach(f"{said}: before")
            answer = real(*args, **named)
            self.reach(f"{said}: after")
            return answer

        setattr(holder, name, wrapped)


def watch(kill_at: tuple[str, int] | None, folder: Path) -> Points:
    """Make every instant of this process one to die at; of files, those in `folder`."""
    points = Points(kill_at)
    _ledger(points)
    _asyncio_sockets(points)
    _plain_http(points)
    _files(points, folder)
    return points


def _ledger(points: Points) -> None:
    points.around(sa.Connection, "_commit_impl", lambda *_: "commit")
    points.around(sa.Connection, "_begin_impl", lambda *_: "begin")

    def changed(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            points.reach("in a transaction: after a change")

    sa.event.listen(sa.Engine, "after_cursor_execute", changed)


def _asyncio_sockets(points: Points) -> None:
    """Mail and cables: a phase is named by what was written last, and its answer after it."""
    transport: Any = asyncio.selector_events._SelectorSocketTransport  # type: ignore[attr-defined]
    phases: dict[int, str] = {}

    def written(of: Any, data: Any, *_: Any) -> str:
        said = _phase(bytes(data))
        if said:
            phases[id(of)] = said
        return said

    points.around(transport, "write", written)
    points.around(transport, "_read_ready", lambda of: f"{phases.get(id(of), 'greeting')}, the answer is read")

    def connecting(event: str, args: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(args[1], tuple) and args[1][1] in _receivers():
            points.reach("connect: before")

    sys.addaudithook(connecting)


def _phase(data: bytes) -> str:
    head = data[:5].decode("ascii", errors="replace").strip().upper()
    if data.endswith(_END_OF_MAIL):
        return "mail: text and final dot"
    if head in _SMTP:
        return f"mail: {head}"
    return "cable: POST" if head == "POST" else ""


def _receivers() -> set[int]:
    """The ports of the receivers: a database's is none of them."""
    found = {os.environ.get("TIPCYCLE_SMTP_PORT", "")}
    for name in ("TIPCYCLE_SLACK_URL", "TIPCYCLE_GATEWAY_URL"):
        found.add(os.environ.get(name, "").rpartition(":")[2].partition("/")[0])
    return {int(port) for port in found if port.isdigit()}


def _plain_http(points: Points) -> None:
    """Slack's client writes and reads with the standard library, in a thread."""
    points.around(http.client.HTTPConnection, "send", lambda *_: "Slack: POST")
    points.around(http.client.HTTPConnection, "getresponse", lambda *_: "Slack: POST, the answer is read")


def _files(points: Points, folder: Path) -> None:
    below = f"{folder}{os.sep}"

    def inside(*paths: Any) -> bool:
        return any(str(path).startswith(below) for path in paths)

    points.around(os, "replace", lambda source, target, *_: "rename" if inside(source, target) else "")
    points.around(os, "rename", lambda source, target, *_: "rename" if inside(source, target) else "")
    points.around(os, "unlink", lambda path, *_: "unlink" if inside(path) else "")
    points.around(os, "link", lambda source, target, *_: "link" if inside(source, target) else "")
    points.around(os, "fsync", lambda *_: "fsync")

    def opened(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+") and inside(args[0]):
            points.reach("a file is opened to be written: before")
        elif event == "os.mkdir" and inside(args[0]):
            points.reach("a folder is made: before")

    sys.addaudithook(opened)
