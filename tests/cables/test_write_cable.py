"""A cable as the handbook lays it out: the order of its header, its marks, its lines, its letters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tipcycle.cables.write_cable import write_cable
from tipcycle.model.cable import LINE, Addressee, Cable, CableNumber, Header, Paragraph, Reference

HEADER = Header(
    precedence="PRIORITY",
    sender="SECSTATE WASHDC",
    to=(Addressee("AMEMBASSY BAKU"),),
    info=(Addressee("AMEMBASSY TBILISI", "ROUTINE"), Addressee("AMCONSUL ISTANBUL")),
    classification="UNCLAS",
    origin="STATE",
    captions=("SENSITIVE", "SIPDIS"),
    executive_order="12958: N/A",
    tags=("KTIP", "AJ"),
    subject="AZERBAIJAN: A SUBJECT THAT IS LONGER THAN ONE LINE OF A CABLE",
    references=(
        Reference("A", CableNumber(2009, "STATE", 5577)),
        Reference("B", CableNumber(None, "BAKU", 12), "A TITLE THAT IS LONG ENOUGH TO NEED ANOTHER LINE"),
        Reference("C", None, "LETTER OF THE MINISTER"),
    ),
)


def cable(*paragraphs: Paragraph, **changed: object) -> Cable:
    return Cable(replace(HEADER, **changed), paragraphs)  # type: ignore[arg-type]


def test_a_cable_stands_in_the_order_of_the_handbook() -> None:
    written = write_cable(
        cable(
            Paragraph(1, "U", ("One line.",)),
            Paragraph(2, "SBU", ("Begin points:", "-- The first point.", "End points.")),
        )
    )

    assert written.findings == ()
    assert written.text == (
        "PRIORITY\n"
        "FM SECSTATE WASHDC\n"
        "TO AMEMBASSY BAKU\n"
        "INFO AMEMBASSY TBILISI ROUTINE\n"
        "AMCONSUL ISTANBUL\n"
        "UNCLAS STATE\n"
        "\n"
        "SENSITIVE\n"
        "SIPDIS\n"
        "\n"
        "E.O. 12958: N/A\n"
        "TAGS: KTIP AJ\n"
        "SUBJECT: AZERBAIJAN: A SUBJECT THAT IS LONGER THAN ONE\n"
        "LINE OF A CABLE\n"
        "\n"
        "REF: A. 2009 STATE 5577\n"
        "     B. BAKU 12 (A TITLE THAT IS LONG ENOUGH TO NEED\n"
        "        ANOTHER LINE)\n"
        "     C. LETTER OF THE MINISTER\n"
        "\n"
        "1. (U) One line.\n"
        "\n"
        "2. (SBU) Begin points:\n"
        "\n"
        "-- The first point.\n"
        "\n"
        "End points.\n"
    )


def test_a_number_a_banner_and_an_empty_header_part_are_written_where_they_belong() -> None:
    made = cable(Paragraph(1, None, ("Text.",)), serial=97909, references=(), captions=(), info=())

    lines = write_cable(replace(made, banner="EXAMPLE DATA, NOT FROM ANY CABLE")).text.splitlines()

    assert lines[:2] == ["EXAMPLE DATA, NOT FROM ANY CABLE", ""]
    assert lines[5:8] == ["UNCLAS STATE 097909", "", "E.O. 12958: N/A"]
    assert lines[-2:] == ["", "1. Text."]


@pytest.mark.parametrize("length", [40, 48, 49, 50, 55])
def test_no_line_is_longer_than_55_characters_wherever_a_word_ends(length: int) -> None:
    text = f"{'x' * length} 7. {'y' * 55} -- and {'z' * (LINE - 4)} (SBU) end"

    written = write_cable(cable(Paragraph(1, "U", (text, "12. not a paragraph", text))))

    assert written.findings == ()
    assert max(map(len, written.text.splitlines())) <= LINE


def test_a_word_longer_than_a_line_is_kept_whole_and_told() -> None:
    written = write_cable(cable(Paragraph(1, "U", ("See " + "w" * 56 + " there.",))))

    (finding,) = written.findings
    assert (finding.code, finding.severity, finding.paragraph) == ("line.too_long", "error", 1)
    assert written.text.splitlines()[(finding.line or 0) - 1] == "w" * 56


def test_text_that_starts_with_a_number_is_not_laid_out_as_a_paragraph() -> None:
    written = write_cable(cable(Paragraph(1, "U", ("Steps:", "2. Report."))))

    assert written.text.endswith("1. (U) Steps:\n\n 2. Report.\n")


@pytest.mark.parametrize(
    ("text", "spelt", "told"),
    [
        ("Côte d’Ivoire – “first”", 'Cote d\'Ivoire - "first"', "ASCII"),
        ("the ministry (وزارة)", "the ministry (wzrh)", "right-to-left"),
        ("bell\x07 and\u200btab\there", "bell andtab here", "ASCII"),
    ],
)
def test_what_is_not_ascii_is_spelt_in_it_and_told_with_its_paragraph(text: str, spelt: str, told: str) -> None:
    written = write_cable(cable(Paragraph(3, "U", (text,))))

    (finding,) = written.findings
    assert (finding.code, finding.severity, finding.paragraph) == ("text.transliterated", "warning", 3)
    assert told in finding.message
    assert written.text.endswith(f"3. (U) {spelt}\n")
    assert written.text.isascii()
