"""Check a cable: what it is made of, and what is to be mended in it; nothing is written."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tipcycle.cli.options import add_json, day, print_json
from tipcycle.errors import SubmissionError

if TYPE_CHECKING:
    from tipcycle.cables.check_cable import CheckedCable
    from tipcycle.model.cable import NamedBlock

MAX_BYTES = 1_000_000
_SHOWN_OF_A_KIND = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check FILE`."""
    verbs = parser.add_subparsers(dest="cable_verb", metavar="VERB", required=True)
    check = verbs.add_parser("check", help="parts and findings of a cable", description=__doc__)
    check.add_argument("file", type=Path, help="the text of a cable (docs/cable-check.md)")
    check.add_argument("--on", type=day, metavar="DATE", help="the day of a cable without a date-time group")
    add_json(check)


def run(parsed: argparse.Namespace) -> int:
    """Exit 0 if no finding is an error, 1 with the findings if one is."""
    from tipcycle.cables.check_cable import check_cable
    from tipcycle.config.known_cables import load_known
    from tipcycle.settings import settings

    text = _read(parsed.file)
    checked = check_cable(text, load_known(settings().config_dir, on=parsed.on))
    if parsed.json:
        print_json(_document(parsed.file, checked))
    else:
        for line in _report(parsed.file, checked):
            print("".join(character if character.isprintable() else "?" for character in line))
    return 0 if checked.accepted else 1


def _read(path: Path) -> str:
    """The text of a file that is one; a cable is far below the limit, so what is above it is not even opened."""
    if path.is_dir():
        raise SubmissionError(f"{path}: is a folder; name the file of one cable")
    if not path.is_file():
        raise SubmissionError(f"{path}: there is no such file")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise SubmissionError(f"{path}: the file has {size:,} bytes; a cable has at most {MAX_BYTES:,}")
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise SubmissionError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        remedy = "save the cable as plain text in UTF-8"
        raise SubmissionError(f"{path}: byte {error.start} is not text; {remedy}") from error
    if "\x00" in text:
        raise SubmissionError(f"{path}: the file is binary (byte {raw.index(0)}); save the cable as plain text")
    return text


def _document(path: Path, checked: CheckedCable) -> dict[str, Any]:
    from tipcycle.cables.reference import format_number

    cable = checked.reading.cable
    return {
        "file": path.name,
        "transmitted": checked.reading.transmitted,
        "parts": {
            "paragraphs": len(cable.paragraphs),
            "references": [
                {"letter": one.letter, "number": format_number(one.number) if one.number else None, "title": one.title}
                for one in cable.header.references
            ],
            "high_priority": len(checked.items.high_priority),
            "further": {pillar: len(items) for pillar, items in checked.items.further.items()},
            "blocks": [
                {"name": block.name, "paragraphs": list(block.paragraphs), "closed_by": block.closed_by}
                for block in checked.blocks
            ],
        },
        "findings": [asdict(finding) for finding in checked.findings],
    }


def _report(path: Path, checked: CheckedCable) -> list[str]:
    parts = _document(path, checked)["parts"]
    further = ", ".join(f"{pillar} {count}" for pillar, count in parts["further"].items())
    references = ", ".join(f"{one['letter']} {one['number'] or one['title']}".strip() for one in parts["references"])
    counted = Counter(finding.severity for finding in checked.findings)
    return [
        f"{path.name}: {'a transmitted cable' if checked.reading.transmitted else 'a new cable'}",
        f"  subject              {checked.reading.cable.header.subject or '-'}",
        f"  paragraphs           {parts['paragraphs']}",
        f"  references           {len(parts['references'])}  {references}".rstrip(),
        f"  high-priority items  {parts['high_priority']}",
        f"  further items        {sum(parts['further'].values())}  {further}",
        f"  blocks               {len(checked.blocks)}  {', '.join(map(_block, checked.blocks))}".rstrip(),
        f"{counted['error']} errors, {counted['warning']} warnings",
        *_findings(checked),
    ]


def _block(block: NamedBlock) -> str:
    ending = "never closed" if block.closed_by is None else ""
    if block.closed_by and block.closed_by.lower() != block.name.lower():
        ending = f"closed by {block.closed_by}"
    first, last = block.paragraphs[0], block.paragraphs[-1]
    where = f"para {first}" if first == last else f"paras {first}-{last}"
    return f"{block.name} ({where}{', ' if ending else ''}{ending})"


def _findings(checked: CheckedCable) -> list[str]:
    """Errors first; of many findings of a kind only the first ones, and how many more there are."""
    lines, met = [], Counter[str]()
    for finding in sorted(checked.findings, key=lambda finding: finding.severity):
        met[finding.code] += 1
        if met[finding.code] <= _SHOWN_OF_A_KIND:
            where = f"line {finding.line}: " if finding.line else ""
            para = f"para {finding.paragraph}, " if finding.paragraph and where else ""
            lines.append(f"  {finding.severity}: {para}{where}{finding.message} {finding.remedy} [{finding.code}]")
    more = {code: count - _SHOWN_OF_A_KIND for code, count in met.items() if count > _SHOWN_OF_A_KIND}
    return lines + [f"  and {count} more [{code}]; --json has them all" for code, count in more.items()]
