"""Which advisories concern the versions in requirements.lock? Asked of osv.dev, whose database holds PyPI's advisories.

Source: https://google.github.io/osv.dev/post-v1-querybatch/ (results stand in the order of the queries).
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SERVICE = "https://api.osv.dev/v1/querybatch"
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>[^\s;\\]+)")


class NotLookedError(Exception):
    """The service could not be asked, or did not answer what was asked: nothing is known."""


@dataclass(frozen=True)
class Pinned:
    """A package of the lock; `hashes` is how many of its files are named."""

    name: str
    version: str
    hashes: int


def pinned(lock: Path) -> list[Pinned]:
    """Every package of the lock, in order; raises `ValueError` for a line that pins nothing."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = []
    for line in lines:
        match = _PINNED.match(line)
        if match is None:
            raise ValueError(f"{lock.name}: nothing is pinned by: {line.split()[0]}")
        found.append(Pinned(match["name"], match["version"], line.count("--hash=sha256:")))
    return found


def advisories(packages: Sequence[Pinned], *, service: str = SERVICE) -> dict[str, list[str]]:
    """The ids of the advisories for each package that has any, by `name version`; raises `NotLookedError`."""
    queries = [{"package": {"name": one.name, "ecosystem": "PyPI"}, "version": one.version} for one in packages]
    results = _asked({"queries": queries}, service)
    if len(results) != len(packages):
        raise NotLookedError(f"{service} answered {len(results)} of {len(packages)} questions")
    found: dict[str, list[str]] = {}
    for one, result in zip(packages, results, strict=True):
        known = result.get("vulns", [])
        if known:
            found[f"{one.name} {one.version}"] = [str(advisory["id"]) for advisory in known]
    return found


def _asked(question: dict[str, object], service: str) -> list[dict[str, list[dict[str, str]]]]:
    request = urllib.request.Request(service, json.dumps(question).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            results = json.load(answer)["results"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise NotLookedError(f"{service} could not be asked: {error}") from error
    if not isinstance(results, list) or not all(isinstance(one, dict) for one in results):
        raise NotLookedError(f"{service} answered something else than results")
    return results
