"""A cable read back: the one of 2009 with all its faults, one of ours without any, and texts that are no cables."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.cables.samples import NEW, seed
from tipcycle.cables.named_blocks import named_blocks
from tipcycle.cables.plan_items import plan_items
from tipcycle.cables.read_cable import read_cable
from tipcycle.model.cable import Addressee, CableNumber, Reference


def test_the_header_of_2009_is_read_once_though_it_stands_twice() -> None:
    reading = read_cable(seed())
    header = reading.cable.header

    assert (header.sender, header.to) == ("SECSTATE WASHDC", (Addressee("AMEMBASSY BAKU", "PRIORITY"),))
    assert (header.precedence, header.classification) == ("PRIORITY", "UNCLAS")
    assert (header.captions, header.executive_order) == (("SENSITIVE", "SIPDIS"), "12958: N/A")
    assert header.tags == ("KCRM", "KWMN", "PHUM", "PREL", "SMIG", "KTIP", "AJ")
    assert header.subject == "AZERBIAJAN: TIP TIER 2 WATCH LIST ACTION PLAN (2009-2010)"
    assert reading.cable.number == CableNumber(2009, "STATE", 97909)
    assert [oddity.line for oddity in reading.oddities if oddity.kind == "repeated_header"] == [41]


def test_the_references_of_2009_are_read_over_blank_lines_and_normalised() -> None:
    assert read_cable(seed()).cable.header.references == (
        Reference("A", CableNumber(2008, "STATE", 132759)),
        Reference("B", CableNumber(2007, "STATE", 150188)),
        Reference("C", CableNumber(2009, "STATE", 5577)),
        Reference("D", CableNumber(2009, "STATE", 62182)),
    )


def test_the_transmission_of_2009_gives_the_moment_and_the_signature() -> None:
    reading = read_cable(seed())

    assert reading.transmitted
    assert reading.cable.transmission is not None
    assert reading.cable.transmission.dated_at == datetime(2009, 9, 21, 20, 16, tzinfo=UTC)
    assert reading.cable.transmission.signature == "CLINTON"
    assert len(reading.cable.transmission.lines) == 5
    assert reading.cable.paragraphs[-1].text[-1].endswith("issues.")


def test_the_seed_has_10_paragraphs_and_blank_lines_inside_them() -> None:
    paragraphs = read_cable(seed()).cable.paragraphs

    assert [paragraph.number for paragraph in paragraphs] == list(range(1, 11))
    assert [paragraph.mark for paragraph in paragraphs] == [None] * 7 + ["U", "SBU", None]
    assert [len(paragraph.text) for paragraph in paragraphs] == [1, 1, 1, 1, 2, 1, 1, 10, 22, 1]


def test_the_blocks_of_2009_are_found_though_one_is_left_open_and_one_ends_by_another_name() -> None:
    blocks = named_blocks(read_cable(seed()).cable.paragraphs)

    assert [(block.name, block.paragraphs, block.closed_by) for block in blocks] == [
        ("action request", (2, 3, 4), None),
        ("talking points", (8,), "talking points"),
        ("Action Plan", (9,), "non-paper"),
    ]
    assert [len(block.text) for block in blocks] == [3, 7, 20]
    assert blocks[1].text[0].startswith("-- ")


def test_the_action_plan_of_2009_has_5_high_priority_items_and_10_others() -> None:
    items = plan_items(named_blocks(read_cable(seed()).cable.paragraphs))

    assert len(items.high_priority) == 5
    assert {pillar: len(found) for pillar, found in items.further.items()} == {
        "prosecution": 4,
        "protection": 4,
        "prevention": 2,
        "coordination": 0,
    }
    assert items.unplaced == ()
    assert not [item for item in items.high_priority if item.startswith("-")]


def test_scarred_quotes_of_a_transmitted_cable_are_mended_and_told_with_their_lines() -> None:
    reading = read_cable(seed())
    scars = [oddity for oddity in reading.oddities if oddity.kind == "quote_scar"]

    assert [(scar.paragraph, scar.read_as) for scar in scars] == [
        (2, "post's"),
        (2, '"Implementation Guidelines"'),
        (8, "governments'"),
        (8, "government's"),
        (8, "Azerbaijan's"),
        (8, "government's"),
        (8, "Azerbaijan's"),
    ]
    assert all(scar.stands in reading.lines[scar.line - 1] for scar in scars)
    text = "\n".join(block for paragraph in reading.cable.paragraphs for block in paragraph.text)
    assert all(scar.read_as in text for scar in scars)
    assert not [scar for scar in scars if scar.stands in text]


def test_a_sentence_that_a_blank_line_breaks_is_joined_and_told() -> None:
    (broken,) = [oddity for oddity in read_cable(seed()).oddities if oddity.kind == "broken_sentence"]

    assert (broken.paragraph, broken.line, broken.stands) == (3, 101, "the concerns that / resulted in the")


def test_a_new_cable_is_read_as_it_stands() -> None:
    reading = read_cable(NEW)

    assert not reading.transmitted
    assert reading.oddities == ()
    assert reading.cable.header.precedence == "ROUTINE"
    assert reading.cable.number is None
    assert plan_items(named_blocks(reading.cable.paragraphs)).further["protection"] == ("Do that.",)


def test_scars_of_a_new_cable_are_told_and_left_as_they_stand() -> None:
    reading = read_cable(NEW.replace("Do this.", "Do the post,s part."))

    (scar,) = reading.oddities
    assert (scar.kind, scar.stands, scar.read_as) == ("quote_scar", "post,s", "")
    assert "-- Do the post,s part." in reading.cable.paragraphs[2].text


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("\n", "\r"), (" ", "\t"), ("ROUTINE", "\ufeffROUTINE")])
def test_line_ends_tabs_and_a_byte_order_mark_change_nothing(change: tuple[str, str]) -> None:
    assert read_cable(NEW.replace(*change).replace("\t\t\t\t\t", "     ")).cable == read_cable(NEW).cable


def test_a_secret_cable_in_spaced_letters_and_niact_are_understood() -> None:
    text = seed().replace("UNCLAS STATE 097909", "S E C R E T SECTION 01 OF 02 STATE 097909")
    text = text.replace("P 212016Z", "O 212016Z").replace("BAKU PRIORITY 0000", "BAKU NIACT IMMEDIATE")

    header = read_cable(text).cable.header

    assert (header.classification, header.origin, header.serial) == ("SECRET", "STATE", 97909)
    assert header.precedence == "NIACT IMMEDIATE"


def test_a_cable_of_one_paragraph_may_have_no_number() -> None:
    text = NEW.partition("\n1. (U)")[0] + "\nOnly this.\n\n-- And that.\n"

    (paragraph,) = read_cable(text).cable.paragraphs

    assert (paragraph.number, paragraph.mark, paragraph.text) == (None, None, ("Only this.", "-- And that."))


def test_a_number_in_the_middle_of_a_paragraph_starts_none() -> None:
    text = NEW.replace("Do this.", "Do this by the date named\n3. May, and no later, as the\n14. rule says.")

    assert [paragraph.number for paragraph in read_cable(text).cable.paragraphs] == [1, 2, 3]


def test_a_text_that_is_no_cable_is_read_as_text_without_a_header() -> None:
    reading = read_cable("Dear colleague,\n\n1. first\n\n2. second\n")

    assert reading.cable.header.subject == ""
    assert [paragraph.number for paragraph in reading.cable.paragraphs] == [None, 1, 2]
    assert read_cable("").cable.paragraphs == ()
