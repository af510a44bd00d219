"""Where do the pages of the board go as files? Into a folder, each whole or not at all, over none that is not ours."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tipcycle.errors import StoreError

OURS = '<meta name="generator" content="tipcycle">'


def keep_board(pages: Mapping[str, str], folder: Path) -> list[Path]:
    """Write each page by its name; the paths, in the order of `pages`. Raises before anything is written."""
    paths = [folder / name for name in pages]
    for path in paths:
        if path.exists() and OURS not in path.read_text(encoding="utf-8", errors="replace"):
            raise StoreError(f"{path} is no page of the board; name another folder, or move that file away")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, html in zip(paths, pages.values(), strict=True):
            part = path.with_name(f".{path.name}.{os.getpid()}")
            part.write_text(html, encoding="utf-8")
            part.replace(path)
    except OSError as error:
        raise StoreError(f"{folder}: the board cannot be written: {error.strerror}; name another folder") from error
    return paths
