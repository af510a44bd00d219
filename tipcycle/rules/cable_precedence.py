"""Which precedence may a cable have on a day? Source: 5 FAH-2 H-421; PRIORITY was in use in 2009 and has gone since."""

from __future__ import annotations

from datetime import date

from tipcycle.model.law import Law

_WISHED = ("PRIORITY", "IMMEDIATE")  # most fitting first; an action request is asked for soon, not at once


def precedence_of_action_request(law: Law, *, on: date) -> str:
    """The precedence of an action request sent on the day `on`: PRIORITY while there was one, else IMMEDIATE."""
    allowed = law.cable_precedences.on(on)
    known = allowed.value if allowed else ()
    return next((name for name in _WISHED if name in known), "ROUTINE")
