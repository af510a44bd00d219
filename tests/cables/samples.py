"""Cables that several tests read: the one of 2009, and a small new one in which nothing is wrong."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from tipcycle.cables.lint import Known
from tipcycle.config.known_cables import load_known
from tipcycle.settings import ROOT

DAY = date(2026, 9, 21)
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

2. (U) Begin action request: Please report as reftels
A and B ask. End action request.

3. (SBU) Begin non-paper:

A. High-priority items:

-- Do this.

B. Further recommendations:

Protection:

-- Do that.

End non-paper.
"""


@cache
def known(on: date | None = DAY) -> Known:
    """What the real config knows."""
    return load_known(ROOT / "config", on=on)


def seed() -> str:
    """The text of the cable of 2009."""
    return SEED.read_text(encoding="utf-8")
