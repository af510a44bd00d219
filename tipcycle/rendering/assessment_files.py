"""Which files is a compiled assessment? Markdown, Word and PDF, the same bytes from the same paper."""

from __future__ import annotations

from pathlib import Path

from tipcycle.model.assessment_paper import AssessmentPaper
from tipcycle.rendering.assessment_blocks import blocks_of, printable
from tipcycle.rendering.assessment_docx import assessment_docx
from tipcycle.rendering.assessment_pdf import assessment_pdf
from tipcycle.rendering.templates import render


def assessment_files(paper: AssessmentPaper, *, templates: Path) -> dict[str, bytes]:
    """The files by name: `interim-assessment.md`, `.docx` and `.pdf`, or `full-assessment.*`.

    Raises `ConfigError` naming the template and the place in it.
    """
    paper = printable(paper)
    blocks = blocks_of(paper)
    markdown = render(templates, "assessment/paper.md.j2", front=paper.front, blocks=blocks)
    return {
        f"{paper.kind}.md": markdown.encode(),
        f"{paper.kind}.docx": assessment_docx(paper.front, blocks, templates=templates),
        f"{paper.kind}.pdf": assessment_pdf(paper.front, blocks, templates=templates),
    }
