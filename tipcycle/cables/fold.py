"""Where does a line of a cable end? At 55 characters, between words, so that unfolding gives the text back.

Source: 5 FAH-1 H-246 (55 characters a line, flush left).
"""

from __future__ import annotations

import re

from tipcycle.model.cable import LINE

# First words that would make a line something else than the text it is: a paragraph, or a line under a heading.
IN_TEXT = re.compile(r"\d{1,3}\.(\(.*)?|-{3,}")
# In the header also its own keywords, and the letters of REF.
IN_HEADER = re.compile(
    r"\d{1,3}\.(\(.*)?|-{3,}|[A-Z]{1,2}\.|FM|TO|INFO|E\.?O\.?:?|(TAGS|SUBJ|SUBJECT|REF|REFS|REFTELS?)(:.*)?"
    r"|UNCLAS.*|[CST]|CONFIDENTIAL|SECRET|TOP"
)


def fold(text: str, unsafe: re.Pattern[str], *, lead: str | None = None, indent: str = "") -> list[str]:
    """The lines of `text`, at least one; a word longer than a line stands on a line of its own.

    The first line starts with `lead`, those after it with `indent`. A line that starts with neither and whose first
    word is `unsafe` gets a space before it; with a `lead` of "" the first line is safe as it is.
    """
    words = text.split()
    if not words:
        return [(lead or "").rstrip()]
    lines = [(_guard(words[0], unsafe) if lead is None else lead) + words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= LINE:
            lines[-1] += f" {word}"
        else:
            lines.append((indent or _guard(word, unsafe)) + word)
    return lines


def _guard(word: str, unsafe: re.Pattern[str]) -> str:
    return " " if unsafe.fullmatch(word) else ""
