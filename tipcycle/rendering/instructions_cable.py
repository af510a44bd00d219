"""How do the reporting instructions to one post read as a cable? Words from templates, layout from the writer.

Source: 5 FAH-1 H-246 (layout); 22 U.S.C. 7106 and 7107(b)(1) (what is asked).
"""

from __future__ import annotations

from pathlib import Path

from tipcycle.cables.write_cable import write_cable
from tipcycle.model.cable import Addressee, Cable, Header
from tipcycle.model.instructions import Instructions
from tipcycle.rendering.cable_paragraphs import cable_paragraphs

_SUBJECT_TAGS = ("KCRM", "KWMN", "PHUM", "PREL", "SMIG", "KTIP")


def render_instructions(instructions: Instructions, *, templates: Path) -> str:
    """The text of the cable; it holds no assessment of any government, and every paragraph is unclassified."""
    paragraphs = cable_paragraphs(templates, "instructions/cable.txt.j2", about=instructions)
    header = Header(
        sender="SECSTATE WASHDC",
        to=(Addressee(instructions.addressee),),
        classification="UNCLAS",
        origin="STATE",
        subject=instructions.subject,
        tags=(*_SUBJECT_TAGS, *sorted({one.tags for one in instructions.countries})),
        precedence="ROUTINE",
        captions=("SIPDIS",),
        executive_order=f"{instructions.executive_order}: N/A",
    )
    return write_cable(Cable(header, paragraphs)).text
