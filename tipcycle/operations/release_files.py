"""How do a release's files come to lie in their folder whole or not at all, and how are they made again?

var/releases/YEAR/DOCUMENT/vN/. They are written beside it first and renamed once the ledger holds the release.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tipcycle.errors import StoreError
from tipcycle.model.document import Release
from tipcycle.operations.compile_assessment import compile_files
from tipcycle.operations.context import Context


def folder_of(cycle: Context, kind: str, version: int) -> Path:
    """Where the files of one released version lie."""
    return cycle.settings.var_dir / "releases" / str(cycle.config.report_year) / kind / f"v{version}"


def hash_of_inputs(inputs: dict[str, Any]) -> str:
    """SHA-256 of frozen inputs, whatever the order of their keys."""
    return hashlib.sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def hashes_of_files(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file by name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}


def write_beside(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a new folder beside `folder`, down to the disk; return it. What a crash left is swept away."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f".{folder.name}.part-*"):
        shutil.rmtree(left, ignore_errors=True)
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.part-", dir=folder.parent))
    for name, content in files.items():
        with (part / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    return part


def publish(part: Path, folder: Path) -> None:
    """Let the files lie in `folder`, in one step where nothing lies there yet."""
    if folder.exists():
        shutil.rmtree(folder)
    part.rename(folder)


def faults_of(cycle: Context, release: Release) -> list[str]:
    """The files of a release that are missing or are not what was released, each with which; empty if all is well."""
    folder = folder_of(cycle, _kind(release), release.version)
    faults = []
    for name, expected in release.files.items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{path}: is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            faults.append(f"{path}: is not the file that was released")
    return faults


def rebuild(cycle: Context, release: Release) -> list[str]:
    """Make the files of a release again from its frozen inputs, if one is missing or differs; return what was amiss.

    Raises `StoreError`, and writes nothing, where what comes out is not byte for byte what was released.
    """
    faults = faults_of(cycle, release)
    if not faults:
        return []
    if hash_of_inputs(release.inputs) != release.inputs_hash:
        raise StoreError(
            f"{release.document} v{release.version}: its frozen inputs do not have the hash of the release"
        )
    files = compile_files(release.inputs, cycle.templates)
    made = hashes_of_files(files)
    differing = sorted(name for name in {*made, *release.files} if made.get(name) != release.files.get(name))
    if differing:
        raise StoreError(
            f"{release.document} v{release.version}: {', '.join(differing)} cannot be made again byte for byte by this "
            "program; use that of the day of the release"
        )
    folder = folder_of(cycle, _kind(release), release.version)
    publish(write_beside(folder, files), folder)
    return faults


def _kind(release: Release) -> str:
    return release.document.split(":")[2]
