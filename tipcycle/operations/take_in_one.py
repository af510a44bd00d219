"""Take in one file by hand: an upload, a file of the inbox, or a text that was pasted into a form.

What a person types never becomes part of a path: it is looked up among the names that are there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tipcycle.errors import SubmissionError
from tipcycle.intake.content_kind import READ, SUFFIX, text_kind
from tipcycle.intake.inbox import printable_name, waiting_files
from tipcycle.intake.part_file import PartFile
from tipcycle.model.moment import iso
from tipcycle.operations.take_in import Preview, TakenIn, preview_take_in, take_in
from tipcycle.settings import settings
from tipcycle.store import Store

MOST_PASTED_BYTES = 50_000


@dataclass(frozen=True)
class Which:
    """Exactly one is given: an upload's id, the name of a file in the inbox, or the text itself."""

    upload: str = ""
    inbox_file: str = ""
    pasted_text: str = ""

    def __post_init__(self) -> None:
        """Raises `SubmissionError` unless it is exactly one."""
        given = [one for one in (self.upload, self.inbox_file, self.pasted_text) if one.strip()]
        if len(given) != 1:
            raise SubmissionError(
                f"{len(given)} of upload, inbox file and pasted text are given; give exactly one of them"
            )


def take_in_one(which: Which, at: datetime) -> TakenIn:
    """Decide that one file at `at`; raises `SubmissionError` with the reason where there is nothing to decide."""
    if which.pasted_text.strip():
        return take_in(_lay_down(which.pasted_text, settings().inbox), at)
    return take_in(_find(which), at)


def preview_one(which: Which, at: datetime) -> Preview:
    """What `take_in_one` would do; nothing is written or moved."""
    if not which.pasted_text.strip():
        return preview_take_in(_find(which), at)
    with TemporaryDirectory() as folder:
        return preview_take_in(_lay_down(which.pasted_text, Path(folder)), at)


def find_refused(name: str) -> Path:
    """The file of that name among those that were refused, else among those that wait; raises `SubmissionError`."""
    now = settings()
    refused = {one.name: one for one in waiting_files(now.var_dir / "quarantine", settle_seconds=0)}
    known = {one.name: one for one in waiting_files(now.inbox, settle_seconds=0)} | refused
    found = known.get(name.strip().removeprefix("quarantine/"))
    if found is None:
        shown = printable_name(Path(name)) if name.strip() else name
        raise SubmissionError(f'no file "{shown}" was refused or waits; var/quarantine has the names of refused ones')
    return found


def _find(which: Which) -> Path:
    """An upload lies there whole; what anybody else is still writing is left, as ever."""
    now, upload = settings(), which.upload.strip()
    name = _name_of_upload(upload) if upload else which.inbox_file.strip()
    settle = 0 if upload else now.inbox_settle_seconds
    waiting = {path.name: path for path in waiting_files(now.inbox, settle_seconds=settle)}
    if name not in waiting:
        shown = printable_name(Path(name)) if name else name
        raise SubmissionError(
            f'no file "{shown}" waits in the inbox; it may have been taken in already, or is still being written'
        )
    return waiting[name]


def _name_of_upload(upload_id: str) -> str:
    with Store.read(settings().ledger_url) as store:
        upload = store.uploads.find(upload_id)
    if upload is None:
        raise SubmissionError("there is no upload of that id; the answer to POST /submissions names it")
    if upload.state != "waiting":
        on = f" on {iso(upload.decided_at)}" if upload.decided_at else ""
        raise SubmissionError(f"upload {upload.id}: was decided already{on}: {upload.state}")
    return upload.file_name


def _lay_down(text: str, folder: Path) -> Path:
    """The text as a file whose name says what it holds: pasted twice it is one file."""
    content = ("\n".join(text.splitlines()) + "\n").encode(errors="replace")
    if len(content) > MOST_PASTED_BYTES:
        raise SubmissionError(
            f"the text has {len(content):,} bytes; the most that may be pasted is {MOST_PASTED_BYTES:,}: "
            "lay it into the inbox as a file"
        )
    kind = text_kind(text)
    if kind is None:
        raise SubmissionError(f"this is not {READ}")
    with PartFile(folder) as part:
        part.write(content)
        part.finish()
        name = f"pasted-{hashlib.sha256(content).hexdigest()[:16]}{SUFFIX[kind]}"
        kept = folder / name
        return kept if kept.exists() else part.keep_as(name)
