"""How does a stranger's text stay text in a Markdown document? What would be structure is escaped (CommonMark)."""

from __future__ import annotations

import re

# Only what would change how a text is read: editors see each sign of ours. A bracket is a link by what follows it.
_ANYWHERE = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)|[`*|]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|\](?=[(\[:])")
_NUMBER_AT_THE_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_SIGN_AT_THE_START = re.compile(r"^(?=[#>=~]|[+-](?:[\s-]|$))")


def plain(text: str) -> str:
    """The text with its lines and paragraphs, and no heading, list, quote, table, code, link or HTML in it."""
    return "\n".join(_plain_line(line.strip()) for line in text.splitlines())


def _plain_line(line: str) -> str:
    escaped = _ANYWHERE.sub(r"\\\g<0>", line)
    return _SIGN_AT_THE_START.sub(r"\\", _NUMBER_AT_THE_START.sub(r"\1\\\2", escaped))
