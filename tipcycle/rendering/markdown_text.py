"""How does a stranger's text stay text in a Markdown document? What would be structure is escaped (CommonMark)."""

from __future__ import annotations

import re

_ANYWHERE = re.compile(r"[\\`*_\[\]<|]")
_AT_THE_START = re.compile(r"^(\d{0,9})([#>+=~.)-])")


def plain(text: str) -> str:
    """The text with its lines and paragraphs, and no heading, list, quote, table, code, link or HTML in it."""
    return "\n".join(_plain_line(line.strip()) for line in text.splitlines())


def _plain_line(line: str) -> str:
    return _AT_THE_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\g<0>", line))
