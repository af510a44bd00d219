"""Put a backup back: the ledger row for row, and the files beside it. Shows what it would overwrite first."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tipcycle.delivery.delivery_log import read_deliveries
from tipcycle.errors import StoreError
from tipcycle.model.counted import counted_of
from tipcycle.operations.back_up import MANIFEST, sums_of
from tipcycle.operations.seal_ledger import break_seal
from tipcycle.operations.verify_ledger import verify_ledger
from tipcycle.settings import Settings, settings
from tipcycle.store import Store
from tipcycle.store.schema import SCHEMA_VERSION
from tipcycle.store.whole_ledger import empty, put_rows, tables

_LOG = "deliveries.jsonl"  # only ever added to, so what is here is kept with what the backup has


@dataclass(frozen=True)
class Restored:
    """What the backup holds and what it would take the place of; `done` is False for a preview."""

    lines: tuple[str, ...]
    overwrites: bool
    done: bool


def restore(folder: Path, *, preview: bool) -> Restored:
    """Raises `StoreError` for a folder that is no backup, was changed, or is of another schema."""
    now = settings()
    manifest = _manifest(folder)
    Store.create(now.ledger_url)
    with Store.read(now.ledger_url) as store:
        acts, cycles = store.acts.last_number(), [one.report_year for one in store.cycles.all()]
    rows = sum(manifest["rows"].values())
    lines = [f"{folder}: written {manifest['written_at']}, {rows} rows, {len(manifest['files'])} files"]
    if acts or cycles:
        lines.append(f"takes the place of a ledger with {acts} acts and the cycles {', '.join(map(str, cycles))}")
    if preview:
        return Restored(tuple(lines), bool(acts or cycles), done=False)
    with Store.begin(now.ledger_url) as store:
        empty(store.connection)
        for name in tables():
            with (folder / "ledger" / f"{name}.jsonl").open(encoding="utf-8") as content:
                put_rows(store.connection, name, (line for line in content if line.strip()))
    _put_files(now, folder / "var")
    break_seal()
    if faults := verify_ledger():
        lines.append(f"it has {counted_of(len(faults), 'fault')}, as it had when it was written: tipcycle verify")
    return Restored((*lines, "put back"), bool(acts or cycles), done=True)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder}: is no backup ({error}); tipcycle export --whole writes one") from error
    if manifest["schema"] != SCHEMA_VERSION:
        raise StoreError(
            f"{folder}: is of schema {manifest['schema']}, this program's is {SCHEMA_VERSION}; put it back with the "
            "version of tipcycle that wrote it, then update"
        )
    changed = sorted({name for name, _ in manifest["files"].items() ^ sums_of(folder).items()})
    if changed:
        raise StoreError(f"{folder}: was changed after it was written: {', '.join(changed[:5])}")
    return manifest


def _put_files(now: Settings, folder: Path) -> None:
    """Files of the same name are replaced; others stay, for they may be newer than the backup."""
    now.var_dir.mkdir(parents=True, exist_ok=True)
    here = (now.deliveries).read_text(encoding="utf-8") if now.deliveries.exists() else ""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            shutil.copytree(path, now.var_dir / path.name, dirs_exist_ok=True, symlinks=True)
        elif path.name != _LOG:
            shutil.copyfile(path, now.var_dir / path.name)
            (now.var_dir / path.name).chmod(0o600)
    known = {(one.key, one.at) for one in read_deliveries(now.deliveries)}
    lacking = [one for one in read_deliveries(folder / _LOG) if (one.key, one.at) not in known]
    if lacking:
        text = (folder / _LOG).read_text(encoding="utf-8")
        between = "" if text.endswith("\n") else "\n"  # a line that a full disk cut short is no part of the next one
        now.deliveries.write_text(text + between + here, encoding="utf-8")
        now.deliveries.chmod(0o600)
