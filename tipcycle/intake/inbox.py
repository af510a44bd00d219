"""Which files wait in the inbox, and where do they go once they are decided? Nothing is overwritten or deleted.

Whoever sends a file names it, so its name is kept only as far as it can be printed and stored.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from tipcycle.model.submission import SubmissionFinding

_LONGEST_NAME = 120  # bytes: the ledger's columns and a file name hold it with whatever is added to it


def waiting_files(inbox: Path, *, settle_seconds: float) -> list[Path]:
    """Files to take in, in order of name; one that was written to less than `settle_seconds` ago is left."""
    if not inbox.is_dir():
        return []
    last = time.time() - settle_seconds
    return sorted(path for path in inbox.iterdir() if _waits(path, last))


def printable_name(path: Path) -> str:
    """The file's name on one line of at most 120 bytes: what cannot be printed is escaped, the middle left out."""
    name = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in path.name)
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    half = _LONGEST_NAME // 2 - 2
    start, end = name.encode()[:half], name.encode()[-half:]
    return f"{start.decode(errors='ignore')}…{end.decode(errors='ignore')}"


def move_aside(path: Path, folder: Path, *, findings: Sequence[SubmissionFinding] = ()) -> Path:
    """Where the file lies in `folder` now: under its printable name, or with a number if that is taken.

    What was found in it is laid beside it first: a refused file never lies there without its reasons. Raises
    `FileNotFoundError` if another run moved it first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(printable_name(path))
    target, number = folder / name, 1
    while not _claimed(target):
        number += 1
        target = folder / f"{name.stem}.{number}{name.suffix}"
    reasons = _write_findings(target, findings) if findings else None
    try:
        return path.replace(target)
    except OSError:
        for made in (target, reasons):
            if made:
                made.unlink()
        raise


def _write_findings(kept: Path, findings: Sequence[SubmissionFinding]) -> Path:
    """A plain-words list for whoever finds the file."""
    lines = [f"{kept.name} was refused:", ""]
    for finding in findings:
        lines += [
            f"- {finding.where}: {finding.message} {finding.remedy}",
            f"  ({finding.severity}, {finding.code}, {finding.source})",
        ]
    path = kept.with_name(kept.name + ".findings.txt")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _waits(path: Path, last: float) -> bool:
    try:
        return (
            path.is_file() and not path.name.startswith(".") and path.suffix != ".part" and path.stat().st_mtime <= last
        )
    except FileNotFoundError:  # another run has just taken it
        return False


def _claimed(target: Path) -> bool:
    """Take a name that nobody has; two runs never take the same one."""
    try:
        target.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
