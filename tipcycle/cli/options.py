"""Options that several verbs share, read the same way everywhere."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tipcycle.model.signing_code import Deed

_EARLIEST = datetime(2000, 10, 28, tzinfo=UTC)  # the Act; nothing of ours can have happened before


def moment(text: str) -> datetime:
    """An ISO moment; without a zone it is UTC, a bare date is its first second."""
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f'"{text}" is no moment; write it as 2009-11-16T14:00:00Z') from error
    if at < _EARLIEST:
        raise argparse.ArgumentTypeError(f'"{text}" lies before {_EARLIEST:%Y-%m-%d}, when there was no Report yet')
    return at


def day(text: str) -> date:
    """An ISO date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" is no date; write it as 2009-11-27') from error


def add_at(parser: argparse.ArgumentParser) -> None:
    """`--at ISO`; the verb reads `parsed.at or now()`."""
    parser.add_argument(
        "--at", type=moment, metavar="ISO", help="act as of this moment (default: now); never in the future"
    )


def add_year(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """`--report-year Y`."""
    told = "the Report that the cycle leads to, such as 2010"
    if not required:
        told += " (default: the latest in the ledger)"
    parser.add_argument("--report-year", type=int, required=required, metavar="YEAR", help=told)


def ended(parsed: argparse.Namespace, done: str, to_sign: Deed | None) -> int:
    """Say what a preview is followed by: nothing where it was `done`, else `--yes`, or the code that signs it."""
    if done:
        print(done)
    elif getattr(parsed, "signs", False):
        return _print_code(parsed, to_sign)
    else:
        print("preview only; add --yes to do it")
    return 0


def _print_code(parsed: argparse.Namespace, to_sign: Deed | None) -> int:
    from tipcycle.errors import StoreError
    from tipcycle.model.moment import utc
    from tipcycle.operations.issue_code import show_code

    if to_sign is None:
        raise StoreError("no code is needed for this")
    if parsed.position and parsed.position != to_sign.position:
        raise StoreError(f"this is signed by {to_sign.position}, not by {parsed.position}")
    shown = show_code(to_sign, at=parsed.at or now())
    print(f"the code with which {to_sign.position} signs, once, to {to_sign.what} (until {utc(shown.expires_at)}):")
    print(shown.code)
    return 0


def add_json(parser: argparse.ArgumentParser) -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help="print one JSON document, and nothing else, on stdout")


def now() -> datetime:
    """The clock: only the command line and the flows read it."""
    return datetime.now(UTC)


def print_json(document: Any) -> None:
    """One document, readable, with a newline at its end."""
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
