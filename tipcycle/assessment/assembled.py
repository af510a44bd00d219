"""What is a chapter as it would be written today? With every input that was known, used or not."""

from __future__ import annotations

from dataclasses import dataclass

from tipcycle.assessment.inputs import Inputs
from tipcycle.model.chapter import Chapter


@dataclass(frozen=True)
class Assembled:
    """A chapter and the inputs it was made of."""

    inputs: Inputs
    chapter: Chapter
