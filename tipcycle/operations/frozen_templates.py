"""With which templates is an assessment drawn again? Those of the day on which its inputs were frozen.

The files of config/templates/assessment/ are kept with the inputs, so that a released text can be made again although
somebody edited them since.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_NAME = "templates"
_FOLDER = "assessment"
_LEFT_BEHIND = (".", "~$")  # how the names of what a system or Word leaves beside a file begin


def with_templates(paper: Mapping[str, Any], templates: Path) -> dict[str, Any]:
    """The paper's plain values with the files that it is drawn from, each as text, or as base64 where it is none."""
    return {**paper, _NAME: _kept(templates)}


def templates_of(inputs: Mapping[str, Any], present: Path) -> Path:
    """The folder of templates to draw from; the present one where it is the same, or where none were kept."""
    kept = inputs.get(_NAME)
    if kept is None or kept == _kept(present):
        return present
    return Path(_laid_out(json.dumps(kept, sort_keys=True)).name)


def _kept(templates: Path) -> dict[str, dict[str, str]]:
    paths = sorted(path for path in (templates / _FOLDER).rglob("*") if path.is_file())
    return {
        path.relative_to(templates).as_posix(): _content(path.read_bytes())
        for path in paths
        if not path.name.startswith(_LEFT_BEHIND)
    }


def _content(content: bytes) -> dict[str, str]:
    try:
        return {"text": content.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode()}


@cache
def _laid_out(kept: str) -> TemporaryDirectory[str]:
    """One folder a process and set of templates, since what draws keeps what it read by folder; gone at its end."""
    folder = TemporaryDirectory(prefix="tipcycle-templates-")
    for name, content in json.loads(kept).items():
        path = Path(folder.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content["text"].encode() if "text" in content else base64.b64decode(content["base64"]))
    return folder
