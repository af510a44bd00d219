"""Which documents are cleared and released, and how do they stand in the ledger?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from tipcycle.model.chapter import Chapter

DocumentKind = Literal["action-request", "interim-chapter", "interim-assessment", "full-chapter", "full-assessment"]
ReleaseNature = Literal["release", "supplement", "erratum"]

# Which chapters a compiled document is made of.
CHAPTERS_OF: dict[str, DocumentKind] = {"interim-assessment": "interim-chapter", "full-assessment": "full-chapter"}


@dataclass(frozen=True)
class ChapterVersion:
    """One version of a chapter; versions count from 1 and are only added.

    `cause` says in a line why it was written ("assembled", "imported", "progress-report v2 came"), `made_by` is
    `tipcycle` or the position that edited it.
    """

    document: str
    version: int
    report_year: int
    kind: str
    iso3: str
    made_at: datetime
    made_by: str
    cause: str
    content_hash: str
    chapter: Chapter


@dataclass(frozen=True)
class Release:
    """One released version of a compiled document; `inputs` is everything it was drawn from, frozen.

    `inputs_hash` is SHA-256 of `inputs`; `files` maps each file's name to its SHA-256, so that a rebuilt one can be
    compared byte for byte. `chapters` maps each country's iso3 to the version of its chapter in it. `reason` says why
    where `nature` is not the first release.
    """

    document: str
    version: int
    report_year: int
    nature: ReleaseNature
    reason: str
    released_by: str
    released_at: datetime
    inputs_hash: str
    inputs: dict[str, Any]
    files: dict[str, str]
    chapters: dict[str, int]
