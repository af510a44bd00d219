"""More than 300 files that must not get in, by name: made from good ones, each wrong in one way."""

from __future__ import annotations

import json
import random
import re
import struct
from collections.abc import Callable, Iterator
from functools import cache

from openpyxl import Workbook

from tests.intake.four_forms import FORMS, GOOD, in_cable, in_json, in_workbook, in_yaml
from tests.workbooks import blank, filled, opened, repacked, saved, with_shared_strings
from tipcycle.model.workbook import IDENTITY

Named = Iterator[tuple[str, bytes]]

_NO_COUNTS: tuple[str, ...] = (
    "-1",
    "-12",
    "1.5",
    "12.0",
    '"1,000"',
    '"1 000"',
    '"1\'000"',
    '"about 12"',
    '"12-15"',
    '"\u0661\u0662"',
)
_NO_COUNTS += ("true", "[12]", "1e3", "99999999999", '"=6+6"', '"12 cases"', '"unknown"', '"\uff11\uff12"')
_HOST_TERMS: tuple[str, ...] = (
    "indictments",
    "charged",
    "persons charged",
    "cases disposed",
    "submitted for prosecution",
    "arrests",
)
_HOST_TERMS += ("detained", "suspects", "cases referred to court", "pending trials", "verdicts", "cases opened")
_RELATED = (
    "trafficking-related convictions",
    "trafficking related",
    "TIP-related arrests",
    "prostitution",
    "smuggling",
)
_RUNS = ("=1+1", "@SUM(A1:A9)", '=HYPERLINK("http://x.example")', "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0")
_HIDDEN = ("a\u202eb", "\u2066a", "a\u202d", "a\ufeffb", "a\x7fb")
_PERIODS: tuple[tuple[str, str], ...] = (
    ("2009-10-31", "2009-04-01"),
    ("2009-04-01", "2009-02-30"),
    ("2008-01-01", "2008-12-31"),
)
_PERIODS += (("2009-04-01", "2009-10-31 and 2008-04-01 to 2008-10-31"), ("2009-04-01", "2010-04-01"))
_PERIODS += (("01.04.2009", "31.10.2009"), ("April 2009", "October 2009"), ("2009-04-01", "soon"))


@cache
def hostile_files() -> tuple[tuple[str, bytes], ...]:
    """All of them; names are unique and say what is wrong."""
    return tuple(_all())


def _all() -> Named:
    yield from _wrong_parts()
    yield from _wrong_identities()
    yield from _wrong_encodings()
    yield from _truncated()
    yield from _wrong_yaml()
    yield from _wrong_packages()
    yield from _wrong_books()
    yield from _noise()


def _with(**changed: str) -> dict[str, str]:
    return GOOD | changed


def _in_each(name: str, *, forms: tuple[str, ...] = tuple(FORMS), **changed: str) -> Named:
    for form in forms:
        yield f"{form}: {name}", FORMS[form](_with(**changed))


def _wrong_parts() -> Named:
    for number, count in enumerate(_NO_COUNTS):
        yield from _in_each(f"total {number} {count}", forms=("yaml", "json"), total=count)
        bare = count.strip('"')
        yield from _in_each(f"total {number} {count}", forms=("xlsx", "cable"), total=bare)
        yield from _in_each(f"labour {number} {count}", forms=("yaml",), labour=count)
        yield from _in_each(f"labour {number} {count}", forms=("xlsx", "cable"), labour=bare)
    for term in _HOST_TERMS:
        yield from _in_each(f"category {term}", category=term)
        yield from _in_each(f"host term {term}", host_term=term)
    for related in _RELATED:
        yield from _in_each(f"category {related}", category=related)
    for start, end in _PERIODS:
        yield from _in_each(f"period {start} to {end}", since=start, to=end)
    for runs in _RUNS:
        yield from _in_each(f"remarks that run {runs}", remarks=runs)
        yield from _in_each(f"source that runs {runs}", source=runs)
    for hidden in _HIDDEN:
        yield from _in_each(f"narrative that hides {hidden!a}", narrative=f"Made up: {hidden}")
    yield from _in_each("no offence", offence="")
    yield from _in_each("no basis", basis="")
    yield from _in_each("another basis", basis="trafficking law")
    yield from _in_each("smuggling as offence", offence="Smuggling of migrants")
    yield from _in_each("evidence without its authority", basis="specific evidence", evidence="wiretaps")
    yield from _in_each("authority without evidence", basis="specific evidence", authority="High Court")
    yield from _in_each("subsets too large", labour="4")
    yield from _in_each("an unknown as 0", figure="not provided", total="0", labour="", sex="")
    yield from _in_each("0 because unknown", total="0", labour="", sex="", source="no data available")
    yield from _in_each("no number", total="", labour="", sex="")
    yield from _in_each("another status", status="done")
    yield from _in_each("an id with a direction mark", item="HP1\u200f")
    yield from _in_each("an item that was not asked", forms=("yaml", "json", "cable"), item="HP99")


def _wrong_identities() -> Named:
    textual = ("yaml", "json", "cable")
    yield from _in_each("of another post", forms=textual, post="Tbilisi")
    yield from _in_each("by another post", forms=textual, submitted_by="tbilisi.action-officer")
    yield from _in_each("by another post", forms=("xlsx",), submitted_by="tbilisi.action-officer")
    yield from _in_each("by nobody", forms=textual, submitted_by="somebody")
    yield from _in_each("for another country", forms=textual, country="UKR")
    yield from _in_each("for no country", forms=textual, country="XXX")
    yield from _in_each("for two countries", forms=textual, country="AZE, UKR")
    yield from _in_each("of another cycle", forms=textual, report_year="2009")
    yield from _in_each("of a far cycle", forms=textual, report_year="99999")
    yield from _in_each("for another step", forms=textual, step="interim-release")
    yield from _in_each("for a step that is not open", forms=textual, step="annual-submission")


def _wrong_encodings() -> Named:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp037"):
        for form in ("yaml", "json", "cable"):
            yield f"{form}: in {encoding}", FORMS[form](GOOD).decode().encode(encoding)
    scripts = {"latin-1": "\u00e9t\u00e9", "cp1251": "\u0411\u0430\u043a\u0443", "gb18030": "\u5df4"}
    for encoding, letters in scripts.items():
        for form in ("yaml", "json", "cable"):
            yield f"{form}: in {encoding}", FORMS[form](_with(narrative=letters)).decode().encode(encoding)
    for form in ("yaml", "json", "cable"):
        yield f"{form}: with a zero byte", FORMS[form](GOOD) + b"\x00"
        yield f"{form}: half a character", FORMS[form](_with(remarks="\ud800"))
    yield "yaml: two byte order marks in it", in_yaml(_with(remarks="\ufeff\ufeff"))


def _truncated() -> Named:
    for form, write in FORMS.items():
        whole = write(GOOD)
        for part in range(1, 25):
            end = len(whole) * part // 25
            yield f"{form}: cut off after {end} bytes", whole[:end]
    yield "yaml: without its end mark", in_yaml(GOOD).removesuffix(b"...\n")
    yield "cable: without its end", in_cable(GOOD).replace(b"End of answer.", b"")
    yield "empty", b""
    yield "white space", b" \n\t\n"


def _wrong_yaml() -> Named:
    good = in_yaml(GOOD).decode()
    head = "tipcycle: submission/1\nreport_year: 2010\nstep: progress-report\ncountry: AZE\npost: Baku\n"
    head += "submitted_by: baku.action-officer\n"
    bodies = {
        "an alias bomb": "a: &a [x]\nb: &b [*a, *a]\nitems: [*b, *b]\n",
        "an object": "items: !!python/object/apply:os.system [id]\n",
        "deep": f"items: {'[' * 50_000}{']' * 50_000}\n",
        "a field twice": "remarks: a\nremarks: b\n",
        "a control character": 'remarks: "\\x01"\n',
        "an unknown field": "colour: red\n",
        "items that are no list": "items: HP1\n",
        "an item twice": "items: [{id: HP1, status: begun}, {id: HP1, status: partly}]\n",
        "nil and not nil": "nothing_to_report: true\nitems: [{id: HP1, status: begun}]\n",
        "nothing": "",
        "a tab": "items:\n\t- x\n",
    }
    for name, body in bodies.items():
        yield f"yaml: {name}", f"{head}{body}...\n".encode()
    for line in head.splitlines():
        without = head.replace(f"{line}\n", "")
        yield f"yaml: without {line.partition(':')[0]}", f"{without}nothing_to_report: true\n...\n".encode()
    yield "yaml: two documents", (good + good).encode()
    yield "json: two documents", in_json(GOOD) * 2
    yield "json: a list", b"[" + in_json(GOOD) + b"]"
    yield "json: a field twice", in_json(GOOD).replace(b"{", b'{"tipcycle": "submission/1", ', 1)
    yield "json: a figure twice", json.dumps(_twice()).encode()
    yield "json: deep", b'{"a":' * 100_000
    yield "cable: an item twice", in_cable(_with(item="HP1: begun.\n\nHP1"))
    yield "cable: a label twice", in_cable(_with(source="Ministry. Source: Court"))
    yield "cable: two answers", in_cable(GOOD) + b"\n" + in_cable(GOOD)
    yield "cable: another cable", b"FM SECSTATE WASHDC\nSUBJECT: NOTHING\n\n1. Made up.\n"


def _twice() -> dict[str, object]:
    form: dict[str, object] = json.loads(in_json(GOOD))
    return form | {"statistics": [*json.loads(in_json(GOOD))["statistics"], *json.loads(in_json(GOOD))["statistics"]]}


def _wrong_packages() -> Named:
    good = with_shared_strings(in_workbook(GOOD))
    added = {
        "macros": "xl/vbaProject.bin",
        "macros elsewhere": "other/VBAPROJECT.BIN",
        "a macro sheet": "xl/macrosheets/sheet1.xml",
        "a dialog sheet": "xl/dialogsheets/sheet1.xml",
        "a linked book": "xl/externalLinks/externalLink1.xml",
        "an embedded file": "xl/embeddings/oleObject1.bin",
        "a control": "xl/activeX/activeX1.xml",
        "a data connection": "xl/connections.xml",
        "a query": "xl/queryTables/queryTable1.xml",
    }
    for name, part in added.items():
        yield f"xlsx: with {name}", repacked(good, add={part: b"x"})
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    yield "xlsx: of a macro type", repacked(good, edit=lambda _, text: text.replace(plain, macro))
    spelt = macro.replace(b"macro", b"&#109;acro")
    yield "xlsx: of a macro type, spelt in codes", repacked(good, edit=lambda _, text: text.replace(plain, spelt))
    for name, wrong in (
        ("far off", b"<v>99999</v>"),
        ("before the first", b"<v>-1</v>"),
        ("of no number", b"<v>x</v>"),
    ):
        edit = _in_part("xl/worksheets/sheet3.xml", lambda text, put=wrong: re.sub(rb"<v>\d+</v>", put, text, count=1))  # type: ignore[misc]
        yield f"xlsx: a shared text {name}", repacked(good, edit=edit)
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for part in ("[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"):
        for name, declared in (("an outside entity", entity), ("a bomb of entities", laughs)):
            declare = _in_part(part, lambda text, put=declared: put + text)  # type: ignore[misc]
            yield f"xlsx: {name} in {part}", repacked(good, edit=declare)
        yield (
            f"xlsx: {part} in UTF-16",
            repacked(good, edit=_in_part(part, lambda text: text.decode().encode("utf-16"))),
        )
        yield f"xlsx: {part} is no XML", repacked(good, edit=_in_part(part, lambda _: b"<a><b></a>"))
        yield f"xlsx: without {part}", repacked(good, leave_out=part)
    yield "xlsx: without relations", repacked(good, leave_out="xl/_rels/workbook.xml.rels")
    yield "xlsx: a bomb", repacked(good, add={"xl/media/x.bin": b"\0" * 40_000_000})
    yield "xlsx: a bomb of parts", repacked(good, add={f"xl/x{number}": b"" for number in range(500)})
    yield "xlsx: a sheet that lies about its size", _lying(good)
    yield "xlsx: encrypted", _flagged(good)
    yield "xlsx: a part twice", _doubled(good)
    yield "zip: another one", repacked(b"", add={"a.txt": b"x"})
    yield "zip: empty", repacked(b"")
    yield "zip: four bytes", b"PK\x03\x04"
    yield "xls: the old format", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    yield "png: a picture", b"\x89PNG\r\n\x1a\n\0"
    yield "pdf: a document", b"%PDF-1.7\n1 0 obj\n"
    yield "xlsx: too large", good + b"\0" * 1_000_000


def _wrong_books() -> Named:
    """Books that a spreadsheet opens, and cells that it shows."""
    cells = {
        "a far row": ("E6", 'r="E6"', 'r="E99999999"'),
        "a far column": ("E6", 'r="E6"', 'r="AAAAA6"'),
        "no place": ("E6", 'r="E6"', ""),
        "one cell twice": ("F6", 'r="F6"', 'r="E6"'),
        "no number": ("E6", "<v>12</v>", "<v>NaN</v>"),
        "no end": ("E6", "<v>12</v>", "<v>1e999</v>"),
        "an error": ("E6", "<v>12</v>", "<v>12</v><f>1/0</f>"),
    }
    for name, (_, old, new) in cells.items():
        edit = _in_part("xl/worksheets/sheet3.xml", lambda text, old=old, new=new: _once(text, old, new))  # type: ignore[misc]
        yield f"xlsx: a cell with {name}", repacked(in_workbook(GOOD), edit=edit)
    changes: dict[str, Callable[[Workbook], object]] = {
        "a formula": lambda book: _put(book, "Statistics", "E6", "=6+6"),
        "a formula in a locked cell": lambda book: _put(book, "Recommendations", "C5", "=1"),
        "an outside formula": lambda book: _put(book, "Statistics", "E6", "=[1]Sheet1!A1"),
        "merged cells": lambda book: book["Statistics"].merge_cells("E6:F6"),
        "merged rows": lambda book: book["Recommendations"].merge_cells("D5:D6"),
        "a moved column": lambda book: book["Statistics"].insert_cols(2),
        "a moved row": lambda book: book["Recommendations"].insert_rows(2),
        "a changed heading": lambda book: _put(book, "Statistics", "E3", "Sum"),
        "another sheet": lambda book: book.create_sheet("More"),
        "a sheet less": lambda book: book.remove(book["Statistics"]),
        "a renamed sheet": lambda book: setattr(book["Statistics"], "title", "Figures"),
        "no identity": lambda book: book.remove(book[IDENTITY]),
        "another recommendation": lambda book: _put(book, "Recommendations", "C5", "Do nothing, please."),
        "another id": lambda book: _put(book, "Recommendations", "A5", "HP9"),
    }
    for row, part in enumerate(("workbook/2", "2011", "demarche", "UKR", "Kyiv", "000000000000", "0" * 64), 1):
        changes[f"identity line {row} changed"] = lambda book, row=row, part=part: _put(book, IDENTITY, f"A{row}", part)  # type: ignore[misc]
        changes[f"identity line {row} empty"] = lambda book, row=row: _put(book, IDENTITY, f"A{row}", None)  # type: ignore[misc]
    changes["the identity of Ukraine's book"] = _take_identity
    for name, change in changes.items():
        book = opened()
        for cell, value in (("B5", "baku.action-officer"), ("B7", "Made up.")):
            _put(book, "Answer", cell, value)
        _put(book, "Recommendations", "D5", "begun")
        change(book)
        yield f"xlsx: with {name}", saved(book)
    yield "xlsx: signed by another installation", blank(key=b"another key")
    yield "xlsx: not filled in", blank()
    yield (
        "xlsx: nil and not nil",
        filled({"Answer!B5": "baku.action-officer", "Answer!B6": "yes", "Recommendations!D5": "begun"}),
    )


def _noise() -> Named:
    dice = random.Random(5)
    for number in range(20):
        yield f"noise {number}", dice.randbytes(dice.randint(1, 3_000))
        yield f"noise in a zip {number}", b"PK\x03\x04" + dice.randbytes(dice.randint(1, 3_000))


def _put(book: Workbook, title: str, cell: str, value: object) -> None:
    book[title][cell].value = value


def _take_identity(book: Workbook) -> None:
    other = opened("UKR")[IDENTITY]
    for row in range(1, 8):
        _put(book, IDENTITY, f"A{row}", other.cell(row, 1).value)


def _once(text: bytes, old: str, new: str) -> bytes:
    if old.encode() not in text:
        raise AssertionError(f"{old} is not in the sheet")
    return text.replace(old.encode(), new.encode(), 1)


def _in_part(part: str, change: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    return lambda name, text: change(text) if name == part else text


def _lying(raw: bytes) -> bytes:
    """The directory says that each part unpacks to nothing."""
    changed = bytearray(raw)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = struct.pack("<I", 1)
        at = changed.find(b"PK\x01\x02", at + 1)
    return bytes(changed)


def _flagged(raw: bytes) -> bytes:
    changed = bytearray(raw)
    at = changed.find(b"PK\x01\x02")
    changed[at + 8] |= 1
    return bytes(changed)


def _doubled(raw: bytes) -> bytes:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return repacked(raw, add={"xl/workbook.xml": b"<workbook/>"})
