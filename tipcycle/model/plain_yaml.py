"""How is YAML read without surprises? The same strict reading for our own config and for files from outside.

Dates stay text until their model reads them, NO is Norway, 010 is no octal number. Refused are keys that stand
twice, aliases and explicit tags, characters that no document can hold, and nesting that no file of ours has: the
loader recurses, and a file nested deeply enough would take the whole process down.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

_DEEPEST = 20
# What XML 1.0 calls no Char (a Word document is XML), and DEL. YAML's own escapes can spell these.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Loader(yaml.CSafeLoader):
    """Only null, true and false, plain decimal numbers, text, lists and mappings."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
    ("float", r"^-?[0-9]+\.[0-9]+$", list("-0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} stands twice", problem_mark=key.start_mark)
        seen.add(key.value if isinstance(key.value, str) else str(key.value))
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load_plain_yaml(text: str) -> Any:
    """The value of one YAML document; raises `yaml.YAMLError`, with `problem` and `problem_mark` where known."""
    _refuse_surprises(text)
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, made stricter


def _refuse_surprises(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        problem = _surprise(event, depth)
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]
        depth -= isinstance(event, yaml.CollectionEndEvent)


def _surprise(event: yaml.Event, depth: int) -> str:
    if isinstance(event, yaml.AliasEvent):
        return "an alias; write the value out"
    if depth > _DEEPEST:
        return f"nested more than {_DEEPEST} levels deep"
    if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
        return f"the tag {event.tag}; leave it out"
    found = _NO_CHARACTER.search(event.value) if isinstance(event, yaml.ScalarEvent) else None
    return f"the character U+{ord(found[0]):04X}, which no document can hold" if found else ""
