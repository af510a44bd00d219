"""Who drafts a kind of document, who clears it in which order, and who may sign for going on? config/clearance.yaml."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tipcycle.model.document import DocumentKind

BUREAU = "bureau"  # in a stage: the regional bureau of the document's country


class ClearanceChain(BaseModel):
    """`stages` follow each other; the positions of one stage decide side by side.

    `in_place` may decide instead of any position of the chain, `overridden_by` may sign that a silent one is not waited
    for, `released_by` may release. `asked` is False where a step's own ladder asks and reminds the clearers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: DocumentKind
    drafted_by: Annotated[tuple[str, ...], Field(min_length=1)]
    stages: Annotated[tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...], Field(min_length=1)]
    in_place: tuple[str, ...] = ()
    overridden_by: tuple[str, ...] = ()
    released_by: tuple[str, ...] = ()
    asked: bool = True
    source: Annotated[str, Field(min_length=3)]
