"""What was written is read back as it went in, and no text at all makes the reader fail."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.cables.samples import NEW, known, seed
from tipcycle.cables.ascii_text import ascii_cable
from tipcycle.cables.check_cable import check_cable
from tipcycle.cables.header_fields import LETTERED
from tipcycle.cables.read_cable import read_cable
from tipcycle.cables.read_header import PRECEDENCES
from tipcycle.cables.read_paragraphs import PORTION_MARKS
from tipcycle.cables.reference import leading_number
from tipcycle.cables.write_cable import write_cable
from tipcycle.model.cable import LINE, Addressee, Cable, CableNumber, Header, Paragraph, Reference

AWKWARD = (
    *("1.", "2.", "3.", "10.", "2.(U)", "(U)", "(SBU)", "(X)", "--", "---", "-", "--------------"),
    *("Begin", "End", "action", "request:", "non-paper:", "non-paper.", "continued:"),
    *("REF:", "A.", "B.", "SUBJECT:", "SUBJ:", "TAGS:", "E.O.", "EO:", "FM", "TO", "INFO", "UNCLAS", "SECRET", "TOP"),
    *("C", "O", "post,s", "&Guidelines8", "governments,", "efforts", "CLINTON", "NNNN", "PRIORITY", "09STATE97909"),
    *("para", "paras", "reftel", "12,", "x" * LINE, "y" * 70, "z" * 48, "Côte", "“so”", "وزارة", "\u200b"),
)
WORDS = st.one_of(
    st.sampled_from(AWKWARD), st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)
)
TEXTS = st.lists(WORDS, min_size=1, max_size=24).map(" ".join)
CAPITALS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=9)
NAMES = st.builds("AMEMBASSY {}".format, CAPITALS.filter(lambda word: word not in " ".join(PRECEDENCES)))
ADDRESSEES = st.builds(Addressee, NAMES, st.sampled_from(("", "ROUTINE", "IMMEDIATE", "NIACT IMMEDIATE")))
NUMBERS = st.builds(
    CableNumber,
    st.none() | st.integers(1973, 2072),
    st.sampled_from(("STATE", "USUN NEW YORK")),
    st.integers(0, 9_999_999),
)


def is_title(text: str) -> bool:
    """Whether it stands for itself: not for a number, nor for the letter of another reference."""
    return leading_number(text) is None and not LETTERED.fullmatch(text)


TITLES = TEXTS.map(lambda text: f"on {text}").filter(is_title)


@st.composite
def references(draw: st.DrawFn) -> tuple[Reference, ...]:
    """None, one without a letter, or several with letters in order."""
    count = draw(st.integers(0, 4))
    made = []
    for number in range(count):
        letter = chr(ord("A") + number) if count > 1 else ""
        cable = draw(st.none() | NUMBERS)
        made.append(Reference(letter, cable, draw(TITLES if cable is None else st.just("") | TEXTS)))
    return tuple(made)


HEADERS = st.builds(
    Header,
    sender=NAMES,
    to=st.lists(ADDRESSEES, min_size=1, max_size=3).map(tuple),
    info=st.lists(ADDRESSEES, max_size=2).map(tuple),
    classification=st.sampled_from(("UNCLAS", "UNCLASSIFIED", "UNCLAS EFTO", "CONFIDENTIAL", "SECRET", "TOP SECRET")),
    origin=st.sampled_from(("STATE", "USUN NEW YORK")),
    serial=st.none() | st.integers(0, 9_999_999),
    captions=st.sampled_from(((), ("SENSITIVE",), ("NODIS", "SENSITIVE", "SIPDIS"))),
    executive_order=st.sampled_from(("", "12958: N/A", "13526: DECL: 01/01/2020")),
    tags=st.lists(CAPITALS.map(lambda word: word[:4]), max_size=20).map(tuple),
    subject=TEXTS,
    precedence=st.sampled_from(("", "FLASH", "NIACT IMMEDIATE", "ROUTINE")),
    references=references(),
)


@st.composite
def cables(draw: st.DrawFn) -> Cable:
    """Paragraphs from 1 on, perhaps below text without a number; marks wherever text could be taken for one."""
    blocks = st.lists(TEXTS, max_size=4).map(tuple)
    marks = st.sampled_from(PORTION_MARKS)
    count = draw(st.integers(0, 5))
    numbered = [Paragraph(number, draw(marks), draw(blocks)) for number in range(1, count + 1)]
    unmarked = draw(st.lists(TEXTS.map(lambda text: f"so {text}"), min_size=1, max_size=3).map(tuple))
    above = [draw(st.sampled_from((Paragraph(None, None, unmarked), Paragraph(None, draw(marks), draw(blocks)))))]
    more = [Paragraph(count + 1, None, unmarked)]
    return Cable(
        draw(HEADERS),
        (*(above if draw(st.booleans()) else []), *numbered, *more),
        banner=draw(st.just("") | TEXTS),
    )


@given(cables())
@settings(max_examples=250, deadline=None, derandomize=True)
def test_reading_what_was_written_gives_back_what_went_in(made: Cable) -> None:
    meant, _ = ascii_cable(made)
    written = write_cable(made)

    assert read_cable(written.text).cable == meant
    assert write_cable(meant).text == written.text
    too_long = {number for number, line in enumerate(written.text.splitlines(), 1) if len(line) > LINE}
    assert too_long == {finding.line for finding in written.findings if finding.code == "line.too_long"}
    assert written.text.isascii()


def survives(text: str) -> None:
    """Everything that reads and checks runs; every place it names is in the text."""
    checked = check_cable(text, known())
    reading = checked.reading

    assert all(1 <= (finding.line or 1) <= len(reading.lines) for finding in checked.findings)
    assert all(1 <= oddity.line <= len(reading.lines) for oddity in reading.oddities)
    assert len(reading.places) == len(reading.cable.paragraphs) == len(reading.paragraph_lines)
    for paragraph, places in zip(reading.cable.paragraphs, reading.places, strict=True):
        assert len(places) == len(paragraph.text)


@given(st.one_of(st.text(), st.lists(st.one_of(WORDS, st.sampled_from("\n\t\r ")), max_size=60).map(" ".join)))
@example("\x00\ud800")
@example("P 999999Z XXX 09\n1. (U) x")
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_text_makes_the_reader_fail(text: str) -> None:
    survives(text)


@given(st.randoms(use_true_random=False), st.integers(0, 340), st.integers(0, 16_000), st.sampled_from(("\n", "\r\n")))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_seed_shuffled_and_cut_off_makes_no_reader_fail(chance: object, first: int, end: int, newline: str) -> None:
    lines = seed().splitlines()
    rest = lines[first:]
    chance.shuffle(rest)  # type: ignore[attr-defined]

    survives(newline.join(lines[:first] + rest))
    survives(seed()[:end])


def test_a_very_long_text_is_read_in_linear_time() -> None:
    survives(NEW + "\nBegin x:\n" * 10_000 + "\nEnd y.\n" * 10_000 + "A" * 100_000 + " &a" * 20_000)
    survives(NEW.replace("Do this.", "see para 9\nreftels C, " * 10_000))
    survives(NEW.replace("REPORT", "AZERBIAJAN AZERBAIJEN\n" * 10_000))
