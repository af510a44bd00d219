"""A made-up config with several times the posts: each post of a listed country stands in it `factor` times.

The copies are EXAMPLE DATA: their countries have codes and names that do not exist (Ruritania 2 of Azerbaijan, and
so on), the same history, holidays and action plan as the country they were copied from.
"""

from __future__ import annotations

import csv
import itertools
import json
import shutil
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tipcycle.model.plain_yaml import load_plain_yaml
from tipcycle.settings import ROOT

_CONFIG = ROOT / "config"


def write_scaled_config(folder: Path, factor: int) -> int:
    """Write config/ with `factor` times the posts that are asked; returns how many those are.

    Only posts that cover a country with an action plan are copied: three letters do not spell 19,000 countries.
    """
    shutil.copytree(_CONFIG, folder)
    planned = {path.stem for path in (_CONFIG / "cycles" / "2010" / "plans").glob("*.yaml")}
    posts, countries = _yaml("posts.yaml"), _yaml("countries.yaml")
    known = {one["iso3"]: one for one in countries}
    asked = [post for post in posts if planned & set(post["covers"])]
    codes = _free_codes(set(known))
    copies = [_code_of(asked, codes) for _ in range(factor - 1)]
    for n, codes_of in enumerate(copies, 2):
        posts += _posts(asked, codes_of, n)
        countries += [_named(known[old], new, n) for old, new in codes_of.items() if old in known]
    _dump(folder / "posts.yaml", posts)
    _dump(folder / "countries.yaml", countries)
    for path, column in _tables(folder):
        _widen(path, column, copies)
    for codes_of in copies:
        for old in planned & set(codes_of):
            _copy_plan(folder / "cycles" / "2010" / "plans", old, codes_of[old])
    return len(asked) * factor


def _tables(folder: Path) -> Iterator[tuple[Path, str]]:
    yield folder / "placements" / "tier_history.csv", "iso3"
    for path in sorted((folder / "holidays").glob("*.csv")):
        yield path, "country"


def _yaml(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = load_plain_yaml((_CONFIG / name).read_text(encoding="utf-8"))
    return found


def _dump(path: Path, rows: list[dict[str, Any]]) -> None:
    """A row a line, as JSON, which is YAML too: a YAML dumper would write aliases, which config/ refuses."""
    path.write_text("".join(f"- {json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


def _free_codes(taken: set[str]) -> Iterator[str]:
    every = ("".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=3))
    return (code for code in every if code not in taken)


def _code_of(asked: list[dict[str, Any]], codes: Iterator[str]) -> dict[str, str]:
    hosts = {code for post in asked for code in (*post["covers"], post["host"]) if code}
    return {old: next(codes) for old in sorted(hosts)}


def _posts(asked: list[dict[str, Any]], codes_of: Mapping[str, str], n: int) -> Iterator[dict[str, Any]]:
    for post in asked:
        yield post | {
            "id": f"{post['id']}-{n}",
            "name": f"{post['name']} {n}",
            "designator": f"{post['designator']} {n}",
            "host": codes_of[post["host"]],
            "covers": [codes_of[old] for old in post["covers"]],
            "source": "made up for a benchmark",
        }


def _named(country: dict[str, Any], code: str, n: int) -> dict[str, Any]:
    return country | {"iso3": code, "name": f"{country['name']} {n}", "in_text": f"{country['in_text']} {n}"}


def _widen(path: Path, column: str, copies: list[dict[str, str]]) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = list(reader)
    with path.open("a", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, reader.fieldnames or (), lineterminator="\n")
        for n, codes_of in enumerate(copies, 2):
            for row in rows:
                if row[column] in codes_of:
                    named = {"country": f"{row['country']} {n}"} if column == "iso3" else {}
                    writer.writerow(row | named | {column: codes_of[row[column]]})


def _copy_plan(plans: Path, old: str, new: str) -> None:
    text = (plans / f"{old}.yaml").read_text(encoding="utf-8")
    (plans / f"{new}.yaml").write_text(text.replace(f"country: {old}", f"country: {new}"), encoding="utf-8")
