"""Print the one-time code with which a position signs what a form decides.

`tipcycle sign clear …` takes the words of `tipcycle clear …`, with a code in the place of the deed. Source: decision
0019.
"""

from __future__ import annotations

import argparse

from tipcycle.cli import change_deadline, clear, place, release, waive

ACTS = {"clear": clear, "place": place, "waive": waive, "extend": change_deadline, "release": release}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One act below, each with the words of its own command."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    for name, command in ACTS.items():
        told = f"sign what tipcycle {command.__name__.rpartition('.')[2].replace('_', '-')} would do"
        one = acts.add_parser(name, help=told, description=f"{told.capitalize()}; it takes the same words.")
        one.set_defaults(signs=True, decide=command.run)
        one.add_argument("--position", metavar="POSITION", help="refuse unless this position is the one that signs")
        command.add_arguments(one)
        one.set_defaults(usage_error=one.error)


def run(parsed: argparse.Namespace) -> int:
    """The preview of the deed, then the code, once; nothing is decided."""
    other = getattr(parsed, "what", "record") != "record" or getattr(parsed, "retract", False)
    if other or getattr(parsed, "rebuild", None) is not None:
        parsed.usage_error("only what places, and what releases or goes on without the silent, is signed with a code")
    if parsed.yes:
        parsed.usage_error("nothing is decided here, so leave --yes out; it says what the code is for")
    return int(parsed.decide(parsed))
