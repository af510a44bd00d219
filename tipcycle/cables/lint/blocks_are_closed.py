"""Does every "Begin name:" have its own "End name."?"""

from __future__ import annotations

from collections.abc import Iterator

from tipcycle.cables.lint.rule import Known, layout_severity
from tipcycle.cables.named_blocks import find_blocks
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding

_SOURCE = "09 STATE 97909 paras 2 to 4 and 9 (what happens without it)"


def blocks_are_closed(reading: Reading, known: Known) -> Iterator[CableFinding]:
    """What stands between Begin and End is handed on, so where it ends must not be open to doubt."""
    severity = layout_severity(reading)
    found = find_blocks(reading.cable.paragraphs)
    for begun in found.begun:
        block, line = begun.block, _line(reading, begun.at)
        if block.closed_by is None:
            message, remedy = f'"Begin {block.name}" has no End.', f'Write "End {block.name}." where it ends.'
            yield CableFinding("block.not_closed", severity, block.paragraphs[0], line, message, remedy, _SOURCE)
        elif block.closed_by.lower() != block.name.lower():
            message = f'"Begin {block.name}" is closed by "End {block.closed_by}".'
            remedy = f'Close it by "End {block.name}.", and end other blocks before it begins.'
            yield CableFinding("block.mismatched", severity, block.paragraphs[0], line, message, remedy, _SOURCE)
    for end in found.stray:
        message = f'"End {end.name}" ends nothing that was begun.'
        remedy = f'Write "Begin {end.name}:" where it begins, or take the End out.'
        yield CableFinding("block.not_begun", severity, end.paragraph, _line(reading, end.at), message, remedy, _SOURCE)


def _line(reading: Reading, at: tuple[int, int]) -> int:
    return reading.places[at[0]][at[1]].line_at(0)
