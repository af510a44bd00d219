"""How does a text stay inside its block? On one line: what begins a block in a template then begins none in a text.

A second wall: plans and submissions refuse or even out such texts when they come in.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")


def on_one_line(content: T) -> T:
    """The same content with every text in it on one line, at whatever depth of dataclasses and tuples."""
    return _evened(content)  # type: ignore[no-any-return]


def _evened(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, tuple):
        return tuple(map(_evened, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _evened(getattr(value, one.name)) for one in fields(value) if one.init})
    return value
