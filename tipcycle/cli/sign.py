"""Print the one-time code with which a position signs what a form decides.

`tipcycle sign clear …` takes the words of `tipcycle clear …`, with a code in the place of the deed. Source: decision
0019.
"""

from __future__ import annotations

import argparse

from tipcycle.cli import change_deadline, clear, contact, place, release, waive, waive_rule

ACTS = {
    "clear": clear,
    "place": place,
    "waive": waive,
    "waive-rule": waive_rule,
    "extend": change_deadline,
    "release": release,
    "contact": contact,
}


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
    other = other or getattr(parsed, "contact_verb", "") == "show" or getattr(parsed, "rebuild", None) is not None
    if other:
        parsed.usage_error("no code is needed for this")
    if getattr(parsed, "yes", False):
        parsed.usage_error("nothing is decided here, so leave --yes out; it says what the code is for")
    return int(parsed.decide(parsed))
