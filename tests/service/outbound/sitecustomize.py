"""Denies a Python process, and every one it starts, any connection beyond loopback, and notes each attempt.

Python imports this by its name from PYTHONPATH at start. An audit hook (PEP 578) sees every socket call of Python code,
whoever makes it, and cannot be taken away again.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path
from typing import Any

_FOLDER = Path(os.environ["OUTBOUND_FOLDER"])
_LOCAL = {None, "", "localhost", b"localhost"}
_CONNECTS = ("socket.connect", "socket.sendto", "socket.sendmsg")
_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


def _is_local(host: Any) -> bool:
    try:
        address = ipaddress.ip_address(host if isinstance(host, str) else bytes(host).decode())
    except (ValueError, TypeError):
        return host in _LOCAL
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _CONNECTS:
        address = arguments[1] if len(arguments) > 1 else None
        host = address[0] if isinstance(address, tuple) else None  # a path: a socket of this machine
    elif event in _LOOKUPS:
        host = arguments[0]
    else:
        return
    if not _is_local(host):
        with (_FOLDER / "attempts").open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()} {sys.argv[:4]} {event} {host}\n")
        raise PermissionError(f"{event} to {host} is denied")


sys.addaudithook(_watch)
(_FOLDER / f"watched.{os.getpid()}").touch()
