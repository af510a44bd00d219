"""Write everything of a cycle as open files, whole or not at all: the same ledger gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from tipcycle.errors import ConfigError, Fault
from tipcycle.model.message import Message
from tipcycle.model.moment import iso
from tipcycle.model.submission import Accepted
from tipcycle.model.token import without_tokens
from tipcycle.operations.context import Context, context
from tipcycle.rendering.open_table import open_table, table_to_read
from tipcycle.rendering.statistics_table import COLUMNS, statistics_rows
from tipcycle.rendering.templates import render
from tipcycle.rules.placement_in_force import placements_in_force
from tipcycle.store import Store
from tipcycle.store.schema import SCHEMA_VERSION
from tipcycle.store.whole_cycle import WholeTable

_PLACEMENTS = ("iso3", "country", "report_before", "published", "decided", "special_watch_list")


def export_cycle(report_year: int, folder: Path) -> dict[str, Any]:
    """Write the export into `folder`; return its manifest. Raises `ConfigError` where the folder holds anything."""
    cycle = context(report_year)
    _require_empty(folder)
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True, mode=0o700)  # what it holds is SBU
    try:
        with Store.read(cycle.settings.ledger_url) as store:
            store.cycles.get(report_year)
            tables = store.whole_cycle(report_year)
            for name, content in _from_ledger(store, cycle, tables):
                _write(partial / name, content)
        _copy(cycle.documents, partial / "documents")
        _copy(cycle.settings.var_dir / "releases" / str(report_year), partial / "releases")
        _copy(cycle.settings.config_dir, partial / "config")
        manifest = _manifest(report_year, partial, tables)
        _write(partial / "MANIFEST.json", (json.dumps(manifest, indent=2) + "\n").encode())
        if folder.exists():
            folder.rmdir()
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return manifest


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigError([Fault(str(folder), "", "is no empty folder", "name one that is empty or not there")])


def _from_ledger(store: Store, cycle: Context, tables: Sequence[WholeTable]) -> Iterator[tuple[str, bytes]]:
    """Every file that the ledger gives, by its name below the folder."""
    year = cycle.config.report_year
    for table in tables:
        yield f"tables/{table.name}.csv", _table(table)
    versions = store.submissions.versions_of_cycle(year)
    yield "statistics.csv", table_to_read(COLUMNS, statistics_rows(versions))
    yield "placements.csv", table_to_read(_PLACEMENTS, _placements(store, cycle))
    for accepted in versions:
        yield f"submissions/{_file_name(accepted.obligation)}.v{accepted.version}.yaml", _submission(accepted)
    for message in store.messages.of_cycle(year):
        yield f"messages/{_file_name(message.key)}.txt", _message(message)
    last = store.last_tick_at()
    readme = render(
        cycle.templates,
        "export_readme.txt.j2",
        report_year=year,
        version=version("tipcycle"),
        schema=SCHEMA_VERSION,
        last_tick_at=iso(last) if last else None,
        rehearsal=store.is_rehearsal,
    )
    yield "README.txt", readme.encode()


def _table(table: WholeTable) -> bytes:
    """A message's text is a file of its own, and of what came along with it only names and sums are told."""
    if table.name != "messages":
        return open_table(table.columns, table.rows)
    kept = [number for number, column in enumerate(table.columns) if column != "body"]
    attached = table.columns.index("attachments")
    rows = [[_sums(row[n]) if n == attached else row[n] for n in kept] for row in table.rows]
    return open_table([table.columns[n] for n in kept], rows)


def _sums(attachments: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        {
            "name": one["name"],
            "content_type": one["content_type"],
            "sha256": hashlib.sha256(one["text"].encode()).hexdigest(),
        }
        for one in attachments
    ]


def _placements(store: Store, cycle: Context) -> Iterator[tuple[str | None, ...]]:
    config, year = cycle.config, cycle.config.report_year
    before = placements_in_force(config.placements, year - 1, on=None)
    now = placements_in_force(config.placements, year, on=None)
    decided = store.tiers.placements(year)
    listed = {entry.iso3: entry.group for entry in store.cycles.special_watch_list(year)}
    for iso3 in sorted({*before, *now, *decided, *listed}):
        yield (
            iso3,
            config.countries[iso3].name if iso3 in config.countries else None,
            before[iso3].tier if iso3 in before else None,
            now[iso3].tier if iso3 in now else None,
            decided[iso3].tier if iso3 in decided else None,
            listed.get(iso3),
        )


def _submission(accepted: Accepted) -> bytes:
    content = accepted.submission.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return f"{text}...\n".encode()


def _message(message: Message) -> bytes:
    head = (
        ("To", message.address),
        ("Position", message.position),
        ("Channel", message.channel),
        ("Message-ID", message.message_id),
        ("Sealed", iso(message.sealed_at)),
        ("Subject", message.subject),
    )
    lines = "".join(f"{name}: {value}\n" for name, value in head)
    return without_tokens(f"{lines}\n{message.body}").encode()


def _file_name(key: str) -> str:
    """A key holds colons, which not every file system takes."""
    return key.replace(":", ".")


def _copy(source: Path, target: Path) -> None:
    """Every ordinary file of a folder; what a link leads to is not ours to give out."""
    for path in sorted(source.rglob("*")):
        below = path.relative_to(source)
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in below.parts):
            _write(target / below, path.read_bytes())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _manifest(report_year: int, folder: Path, tables: Sequence[WholeTable]) -> dict[str, Any]:
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
    return {
        "marking": "SENSITIVE BUT UNCLASSIFIED",
        "report_year": report_year,
        "schema": SCHEMA_VERSION,
        "rows": {table.name: len(table.rows) for table in tables},
        "files": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in files.items()
        },
    }
