"""Keep one upload: into the inbox under a name of ours, and into the ledger, so that its sender can ask after it.

The file appears inside the transaction, so whoever takes it in afterwards finds its row. A crash between the two
leaves a file without a row: it is taken in like any other, and its sender, who got no answer, sends it again.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tipcycle.intake.content_kind import SUFFIX, ContentKind
from tipcycle.intake.part_file import PartFile
from tipcycle.model.submission import SubmissionFinding
from tipcycle.model.upload import Upload
from tipcycle.settings import settings
from tipcycle.store import Store


def keep_upload(part: PartFile, kind: ContentKind, *, obligation: str, at: datetime) -> Upload:
    """Keep what `part` holds; the same bytes that wait already are that upload, and nothing is kept twice.

    Raises `StoreError` if the ledger does not know the obligation.
    """
    with Store.begin(settings().ledger_url) as store:
        store.require_possible(at)
        owed = store.obligations.get(obligation)
        same = store.uploads.waiting(obligation, part.sha256)
        if same:
            return same
        upload_id = secrets.token_hex(12)
        upload = Upload(
            id=upload_id,
            obligation=obligation,
            sha256=part.sha256,
            file_name=f"upload-{owed.country or 'all'}-{upload_id}{SUFFIX[kind]}",
            received_at=at,
        )
        store.uploads.add(upload)
        store.acts.add("receive-upload", obligation, actor="tipcycle", at=at, upload=upload.id, sha256=upload.sha256)
        part.keep_as(upload.file_name)
    return upload


def read_upload(upload_id: str, *, obligation: str) -> Upload | None:
    """The upload, or None if there is none of that id for this obligation."""
    with Store.read(settings().ledger_url) as store:
        found = store.uploads.find(upload_id)
    return found if found and found.obligation == obligation else None


def is_known(obligation: str) -> bool:
    """Whether the ledger knows the obligation: a token may be older than the ledger."""
    with Store.read(settings().ledger_url) as store:
        return obligation in store.obligations.by_key([obligation])


def token_finding(store: Store, path: Path, obligation: str) -> SubmissionFinding | None:
    """Why a file that answers `obligation` may not, if it was uploaded with the token of another one."""
    upload = store.uploads.of_file(path.name) if lies_in_the_inbox(path) else None
    if upload is None or upload.obligation == obligation:
        return None
    return SubmissionFinding(
        "obligation.wrong_token",
        "blocker",
        "report_year, step, country",
        f"The file answers {obligation}; its upload token is for {upload.obligation}.",
        "Correct the file, or upload it with the token of what it answers.",
        "docs/intake.md",
    )


def decide_upload(store: Store, path: Path, state: str, findings: Sequence[SubmissionFinding], *, at: datetime) -> None:
    """Keep what became of a file, if it is an upload that waits."""
    if lies_in_the_inbox(path):
        store.uploads.decide(path.name, state, findings=findings, at=at)


def lies_in_the_inbox(path: Path) -> bool:
    """A copy that a person submits from elsewhere is that person's, whatever its name. A link lies where it lies."""
    return path.parent.resolve() == settings().inbox.resolve()
