"""Take in one submission: a file, an upload, what waits in the inbox, or what is typed in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tipcycle.cli.options import add_at, add_json, now, print_json
from tipcycle.errors import SubmissionError

if TYPE_CHECKING:
    from tipcycle.operations.take_in import Preview


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A file stays where it is and a copy is taken in, unless it waits in the inbox already."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("file", type=Path, nargs="?", help="a submission file (docs/submission-format.md); - is stdin")
    which.add_argument("--upload", metavar="ID", default="", help="an upload to the HTTP intake (docs/intake.md)")
    which.add_argument("--inbox", metavar="NAME", default="", help="a file that waits in the inbox")
    parser.add_argument("--preview", action="store_true", help="only say what taking it in would do")
    add_at(parser)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Exit 0 if it is in the ledger now, 1 with the reasons if it was refused."""
    from tipcycle.operations.take_in import preview_take_in, take_in_copy
    from tipcycle.operations.take_in_one import Which, preview_one, take_in_one

    at = parsed.at or now()
    if parsed.file and str(parsed.file) != "-":
        if not parsed.file.is_file():
            raise SubmissionError(f"{parsed.file}: there is no such file")
        if parsed.preview:
            return _preview(preview_take_in(parsed.file, at), as_json=parsed.json)
        taken = take_in_copy(parsed.file, at)
    else:
        which = Which(parsed.upload, parsed.inbox, sys.stdin.read() if parsed.file else "")
        if parsed.preview:
            return _preview(preview_one(which, at), as_json=parsed.json)
        taken = take_in_one(which, at)
    findings = [vars(finding) for finding in taken.findings]
    if parsed.json:
        effect = taken.effect.effect if taken.effect else None
        said = taken.submission
        print_json(
            {
                "accepted": taken.outcome in ("accepted", "identical"),
                "country": said.country if said else None,
                "report_year": said.report_year if said else None,
                "step": said.step if said else None,
                "findings": findings,
                "outcome": taken.outcome,
                "obligation": taken.obligation,
                "effect": effect,
            }
        )
    else:
        print(taken.line)
        if taken.effect:
            print(f"  {taken.effect.because}")
        for finding in taken.findings:
            print(f"  {finding.where}: {finding.message} {finding.remedy} [{finding.code}]", file=sys.stderr)
    return 1 if taken.outcome == "refused" else 0


def _preview(preview: Preview, *, as_json: bool) -> int:
    if as_json:
        findings = [vars(finding) for finding in preview.findings]
        effect = preview.effect.effect if preview.effect else None
        print_json(vars(preview) | {"effect": effect, "findings": findings})
        return 0 if preview.accepted else 1
    if preview.identical:
        print("the same answer stands in the ledger already; nothing would change")
    elif preview.accepted and preview.effect:
        print(f"would be accepted{', late' if preview.late else ''}. {preview.effect.because}")
        for change in preview.changes:
            print(f"  {change}")
    else:
        print("would be refused")
    for finding in preview.findings:
        print(f"  {finding.severity}: {finding.where}: {finding.message} {finding.remedy} [{finding.code}]")
    return 0 if preview.accepted else 1
