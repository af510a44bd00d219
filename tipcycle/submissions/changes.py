"""What does a new version of an answer say otherwise than the one before? Lines for sender, proof and clearers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tipcycle.model.submission import Submission

_TOLD_ONE_BY_ONE = ("items", "standards", "statistics", "demarche")
_ABOUT_THE_FILE = ("submitted_by",)


def what_changed(before: Submission, now: Submission) -> tuple[str, ...]:
    """Lines such as `HP2: status begun → partly`, `POST1: new`, `prosecutions 2009-04-01 to 2009-10-31: gone`.

    Items come first, then minimum standards, statistics, the demarche and the rest. Long texts are told as changed,
    not quoted.
    """
    old, new = (version.model_dump(mode="json", by_alias=True) for version in (before, now))
    lines = [
        *_entries(_by_id(old["items"]), _by_id(new["items"])),
        *_entries(_by_number(old["standards"]), _by_number(new["standards"])),
        *_entries(_by_category(old["statistics"]), _by_category(new["statistics"])),
        *_fields("demarche", old["demarche"] or {}, new["demarche"] or {}),
    ]
    rest = [name for name in new if name not in (*_TOLD_ONE_BY_ONE, *_ABOUT_THE_FILE)]
    lines += [_changed(name, old[name], new[name]) for name in rest if old[name] != new[name]]
    return tuple(lines)


def _by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in items}


def _by_number(standards: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {f"standard {one['id']}": one for one in standards}


def _by_category(statistics: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {f"{one['category']} {one['period']['from']} to {one['period']['to']}": one for one in statistics}


def _entries(old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    for name in [*new, *(name for name in old if name not in new)]:
        if name not in old:
            yield f"{name}: new"
        elif name not in new:
            yield f"{name}: gone"
        else:
            yield from _fields(name, old[name], new[name])


def _fields(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for field in [*new, *(field for field in old if field not in new)]:
        if old.get(field) != new.get(field):
            yield f"{name}: {_changed(field, old.get(field), new.get(field))}"


def _changed(field: str, old: Any, new: Any) -> str:
    if any(isinstance(value, (dict, list)) or len(str(value)) > 40 for value in (old, new)):
        return f"{field} changed"
    return f"{field} {_shown(old)} → {_shown(new)}"


def _shown(value: Any) -> str:
    return "empty" if value in (None, "") else str(value)
