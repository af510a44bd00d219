"""What can be typed? One file a verb; `VERBS` is the index, and a verb's file is imported only when it is typed.

Exit codes: 0 done, 1 refused with reasons, 2 wrong usage. `--json` prints one JSON document on stdout, nothing else.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module

# What a folder or a disk can be that is not ours to mend; any other such error is a defect, and shows where.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_NO_WAY = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOENT}
PRIVATE = 0o077  # what we write is SBU: nobody else's. As in tipcycle.settings, which would take too long to import

VERBS = {
    "init": "build or upgrade the ledger",
    "open-cycle": "open a cycle, or record its special watch list, if that is owed",
    "close-cycle": "show what changes to the next cycle, and close this one once that is signed",
    "clear": "record that a position clears or returns documents (shows what first)",
    "clearances": "how each document stands with those who clear it: whose turn, since when, what they said",
    "release": "release a compiled assessment, stop its release, or make its files again (shows what first)",
    "ask": "send the action requests that are owed",
    "instruct": "send the reporting instructions that are owed, or show those of one post",
    "render": "draw one product of a country's action request",
    "plan": "check an action plan before it is used",
    "plan-diff": "say what two action plans ask differently",
    "tick": "send every reminder and escalation that is owed now",
    "collect": "take in what lies in the inbox, and mails that came back",
    "submit": "take in one submission file",
    "upload-token": "give out a token for uploads to the HTTP intake",
    "workbook": "write the workbook in which a post answers for a country, or the template of its cable",
    "check": "say whether a submission file would be accepted",
    "cable": "check a cable: what it is made of, and what is to be mended in it",
    "assemble": "draft the interim or the full assessment, if that is owed",
    "chapter": "a country's chapter: show, export, import what was edited (shows what changes first), confirm, renew",
    "hold": "stop sending to a post, a bureau or everybody until a day (shows what would wait), list or lift holds",
    "preview": "every message of the next days: to whom, when, in which words",
    "status": "where the cycle stands",
    "board": "write the board with its charts as HTML files",
    "proof": "what a post was asked, told and reminded of, and what it answered",
    "sign": "print the one-time code with which a position signs what a form decides",
    "place": "recommend tiers, settle splits, place countries (shows what first)",
    "after-report": "what is due after the Report, and what of it was done",
    "determine": "record what was determined, published or presented after the Report",
    "correct-list": "bring the recorded special watch list up to the placements (shows what first)",
    "history": "a country over the years: placements, what was asked, what it answered and when",
    "explain": "what the law says of a country, why, and what each placement would mean",
    "rules": "what the law's rules say of a placement file",
    "calendar": "when everything is due, and who is told when",
    "contact": "how positions are reached: show, change an address, delegate",
    "change-deadline": "extend, shorten or put back a deadline (shows what changes first)",
    "waive": "say that an obligation is not required",
    "waive-rule": "let one submission be taken in though a rule refuses it",
    "record": "record a step that the Department did",
    "address": "clear an address that was refused",
    "settle": "decide an unknown or refused outcome by hand",
    "export": "write everything of a cycle as open files, or a backup of everything",
    "restore": "put a backup back (shows what it would overwrite), and count as sent what went out since",
    "rehearse": "run a cycle on a fast clock, with real flows and receivers",
    "serve": "run Prefect with the deployments, and the intake, until stopped",
    "doctor": "say what is wrong and how to mend it",
    "check-config": "check everything under config/",
    "renew-holidays": "write the stored holidays of a year anew",
    "watchman": "compare what had to happen by now with the ledger",
    "verify": "walk the audit log and the ledger's sums",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; errors meant for people are printed without a traceback."""
    os.umask(PRIVATE)
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(
        prog="tipcycle",
        description="Runs the yearly trafficking-in-persons reporting cycle.",
        epilog="tipcycle VERB --help says more about each.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    typed = next((word for word in arguments if not word.startswith("-")), None)
    for name, told in VERBS.items():
        sub = verbs.add_parser(name, help=told, description=told[0].upper() + told[1:] + ".")
        if name == typed:
            module = import_module(f"tipcycle.cli.{name.replace('-', '_')}")
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    return _run(parser.parse_args(arguments))


def _run(parsed: argparse.Namespace) -> int:
    from tipcycle.errors import TipcycleError

    try:
        return int(parsed.run(parsed))
    except TipcycleError as error:
        print(f"tipcycle {parsed.verb}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"tipcycle {parsed.verb}: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    except OSError as error:
        if error.errno not in _NO_ROOM and not (error.errno in _NO_WAY and error.filename):
            raise
        where = f"{error.filename}: " if error.filename else ""  # a write that finds no room does not say in which file
        print(f"tipcycle {parsed.verb}: {where}{error.strerror}", file=sys.stderr)
        return 1
