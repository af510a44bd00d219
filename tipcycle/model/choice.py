"""How does a choice read in a form, and what does it mean? `Senegal (SEN)` is shown, `SEN` is meant."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

_LABELLED = re.compile(r".*\(([^()]+)\)\s*")


def labelled(name: str, key: str) -> str:
    """`Senegal (SEN)`; a person looks for the name, and a key with brackets of its own would not be found again."""
    return f"{name} ({re.sub('[()]', '', key)})"


def key_of(choice: Any) -> Any:
    """The key, however the choice comes: as an enum's member, as it is shown, or as the key alone; nothing is ""."""
    value = choice.value if isinstance(choice, Enum) else choice
    match = _LABELLED.fullmatch(value) if isinstance(value, str) else None
    return match[1] if match else "" if value is None else value
