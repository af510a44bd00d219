"""Cables that several tests read: the one of 2009, and a small new one in which nothing is wrong."""

from __future__ import annotations

from pathlib import Path

SEED = Path(__file__).parent / "seed" / "09STATE97909.txt"

NEW = """\
ROUTINE
FM SECSTATE WASHDC
TO AMEMBASSY BAKU
UNCLAS STATE

SENSITIVE
SIPDIS

E.O. 13526: N/A
TAGS: KTIP PHUM AJ
SUBJECT: AZERBAIJAN: REQUEST FOR A REPORT

REF: A. 2009 STATE 5577
     B. 2009 STATE 62182

1. (U) This is an action request; see paras 2-3.

2. (U) Begin action request: Please report as reftels A
and B ask. End action request.

3. (SBU) Begin non-paper:

A. High-priority items:

-- Do this.

B. Further recommendations:

Protection:

-- Do that.

End non-paper.
"""


def seed() -> str:
    """The text of the cable of 2009."""
    return SEED.read_text(encoding="utf-8")
