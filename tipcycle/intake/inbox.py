"""Which files wait in the inbox, and where do they go once they are decided? Nothing is overwritten or deleted."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from tipcycle.model.submission import SubmissionFinding


def waiting_files(inbox: Path, *, settle_seconds: float) -> list[Path]:
    """Files to take in, in order of name; one that was written to less than `settle_seconds` ago is left."""
    if not inbox.is_dir():
        return []
    now = time.time()
    return sorted(
        path
        for path in inbox.iterdir()
        if path.is_file()
        and not path.name.startswith(".")
        and path.suffix != ".part"
        and now - path.stat().st_mtime >= settle_seconds
    )


def move_aside(path: Path, folder: Path) -> Path:
    """Where a file of that name will lie in `folder`: under its own name, or with a number if that is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}.{number}{path.suffix}"
    path.rename(target)
    return target


def write_findings(kept: Path, findings: Sequence[SubmissionFinding]) -> None:
    """Lay a plain-words list beside a refused file, so that whoever finds it knows why."""
    lines = [f"{kept.name} was refused:", ""]
    for finding in findings:
        lines += [
            f"- {finding.where}: {finding.message} {finding.remedy}",
            f"  ({finding.severity}, {finding.code}, {finding.source})",
        ]
    kept.with_name(kept.name + ".findings.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
