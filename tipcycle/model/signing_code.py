"""May this code decide that deed? One-time codes with which a position signs what was filled into a form.

A code is cut from our keyed hash over its number and the deed, so nothing in a ledger tells it, and it fits nothing
else. Source: decision 0019.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from tipcycle.model.moment import iso, utc
from tipcycle.model.signature import sign

SignedAct = Literal["clear", "place", "waive", "extend", "release", "contact"]
Why = Literal["wrong", "foreign", "changed", "spent", "expired", "void"]

GOOD_FOR = timedelta(hours=1)
MOST_TRIES = 5  # wrong codes, after which those that are out for that position and act are void
REMEMBERED = timedelta(days=7)  # how long a code that is over is still told from one that never was
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread, or spell words
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys("- \t\r\n"))
_LENGTH = 12  # 60 bits


@dataclass(frozen=True)
class Deed:
    """What one position decides at once. `digest` stands for all of it: texts by their hashes, days, reasons, seats.

    `what` and `lines` tell it to a person; only `digest` binds.
    """

    report_year: int
    act: SignedAct
    position: str
    what: str
    lines: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class SigningCode:
    """A code that was issued, without the code. Over from `expires_at` on, to the second.

    `tries` counts wrong codes given for its position and act while it was out.
    """

    number: int
    report_year: int
    act: SignedAct
    position: str
    what: str
    digest: str
    way: Literal["mailed", "shown"]
    issued_at: datetime
    expires_at: datetime
    tries: int = 0
    spent_at: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        """Whether it may still be used."""
        return self.spent_at is None and at < self.expires_at and self.tries < MOST_TRIES


@dataclass(frozen=True)
class Refusal:
    """Why a code does not sign the deed, and in words; `code` is the one that it is, None if it is none of ours."""

    why: Why
    told: str
    code: SigningCode | None = None


def deed_of(
    report_year: int,
    act: SignedAct,
    position: str,
    *,
    what: str,
    lines: Sequence[str] = (),
    reason: str = "",
    decided: Any,
) -> Deed:
    """The deed of a position; `decided` is plain JSON, and equal for equal decisions, whenever they are asked for.

    `reason`, the words that somebody typed, is shown to the signer above `lines`, unless they hold it already.
    """
    told = not reason.strip() or any(reason.strip() in line for line in lines)
    given = [] if told else [f"reason: {reason.strip()}"]
    text = json.dumps([report_year, act, position, decided], sort_keys=True, ensure_ascii=False)
    return Deed(report_year, act, position, what, (*given, *lines), hashlib.sha256(text.encode()).hexdigest())


def issue(deed: Deed, *, number: int, way: Literal["mailed", "shown"], at: datetime) -> SigningCode:
    """The code for a deed, good for an hour from `at` on."""
    at = at.replace(microsecond=0)
    return SigningCode(
        number, deed.report_year, deed.act, deed.position, deed.what, deed.digest, way, at, at + GOOD_FOR
    )


def write_code(code: SigningCode, key: bytes) -> str:
    """`7K2M-Q9XA-04TN`: what the signer is given, the same whenever it is asked for."""
    fields = ("signing-code/1", code.number, iso(code.issued_at), code.report_year, code.act, code.position)
    rest = int(sign("|".join(map(str, (*fields, code.digest))), key), 16)
    letters = ""
    for _ in range(_LENGTH):
        rest, letter = divmod(rest, len(_LETTERS))
        letters += _LETTERS[letter]
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def judge_code(
    given: str, deed: Deed, known: Sequence[SigningCode], *, key: bytes, at: datetime
) -> SigningCode | Refusal:
    """The code that `given` is, where it signs this deed at `at`; else why not. Takes as long for every wrong code."""
    plain = _plain(given).encode("utf-8", "replace")
    fitting = [one for one in known if hmac.compare_digest(_plain(write_code(one, key)).encode(), plain)]
    if not fitting:
        return Refusal("wrong", _wrong(deed, known, at))
    code = fitting[0]
    if (code.report_year, code.act, code.position) != (deed.report_year, deed.act, deed.position):
        return Refusal("foreign", f"this code was made for {code.position} to {code.what}, and for nothing else", code)
    if code.spent_at:
        return Refusal("spent", f"this code was used on {utc(code.spent_at)}; a code signs once", code)
    if code.tries >= MOST_TRIES:
        return Refusal("void", f"{MOST_TRIES} wrong codes were tried, so the codes that were out are void", code)
    if at >= code.expires_at:
        return Refusal("expired", f"this code was good until {utc(code.expires_at)}", code)
    if code.digest != deed.digest:
        told = f"this code was made to {code.what}, in other words or upon another text: fill the form in as it was"
        return Refusal("changed", f"{told} then, or look at what changed", code)
    return code


def _wrong(deed: Deed, known: Sequence[SigningCode], at: datetime) -> str:
    out = [one for one in known if (one.act, one.position) == (deed.act, deed.position) and one.is_open(at)]
    if not out:
        return f"this is no code of ours, and none is out for {deed.position} to {deed.what}"
    left = min(MOST_TRIES - 1 - one.tries for one in out)
    if left == 0:
        return f"this is no code of ours; {MOST_TRIES} wrong codes were tried, so the codes that were out are void"
    return f"this is no code of ours; after {left} more wrong {'try' if left == 1 else 'tries'} those out are void"


def _plain(code: str) -> str:
    """As it is compared: neither case nor spaces and hyphens matter, nor a letter that is read for a digit."""
    return code.upper().translate(_MISREAD)
