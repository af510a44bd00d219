"""What came in over HTTP, and what became of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tipcycle.model.submission import SubmissionFinding

UploadState = Literal["waiting", "accepted", "identical", "refused"]


@dataclass(frozen=True)
class Upload:
    """One file under the name that we gave it; `obligation` is what its token was for. `sha256` is of its bytes."""

    id: str
    obligation: str
    sha256: str
    file_name: str
    received_at: datetime
    state: UploadState = "waiting"
    decided_at: datetime | None = None
    findings: tuple[SubmissionFinding, ...] = ()
