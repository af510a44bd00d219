"""Write the whole ledger and everything that lies beside it, so that `restore` can put it back; whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from tipcycle.errors import ConfigError, Fault
from tipcycle.model.moment import iso
from tipcycle.settings import Settings, settings
from tipcycle.store import Store
from tipcycle.store.schema import SCHEMA_VERSION
from tipcycle.store.whole_ledger import tables, write_rows

MANIFEST = "BACKUP.json"
# What lies in var/ and is part of the office's records. Prefect's own state, drafts and rehearsals are not.
KEPT = ("documents", "releases", "taken-in", "quarantine", "bounces", "inbox", "outbox", "sending")
KEPT_FILES = ("deliveries.jsonl", "signing.key")


def back_up(folder: Path, at: datetime) -> dict[str, Any]:
    """Write the backup into `folder`, which must be empty or not there; return its manifest."""
    now = settings()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigError([Fault(str(folder), "", "is no empty folder", "name one that is empty or not there")])
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "ledger").mkdir(parents=True, mode=0o700)  # what it holds is SBU
    partial.chmod(0o700)
    try:
        rows = _write_ledger(now, partial / "ledger")
        _write_files(now, partial / "var")
        manifest = {"schema": SCHEMA_VERSION, "written_at": iso(at), "rows": rows, "files": sums_of(partial)}
        (partial / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        if folder.exists():
            folder.rmdir()
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return manifest


def sums_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder but its manifest."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            with path.open("rb") as content:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(content, "sha256").hexdigest()
    return found


def _write_ledger(now: Settings, folder: Path) -> dict[str, int]:
    rows = {}
    with Store.read(now.ledger_url) as store:
        for name in tables():
            lines = list(write_rows(store.connection, name))
            (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            rows[name] = len(lines)
    return rows


def _write_files(now: Settings, folder: Path) -> None:
    folder.mkdir()
    for name in KEPT:
        if (now.var_dir / name).is_dir():
            shutil.copytree(now.var_dir / name, folder / name, symlinks=True)
    for name in KEPT_FILES:
        if (now.var_dir / name).exists():
            shutil.copyfile(now.var_dir / name, folder / name)
