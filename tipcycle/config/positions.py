"""Which positions are there? config/positions.yaml says what each post, bureau and office has; this spells them out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tipcycle.config.read import read_yaml, validated
from tipcycle.errors import Fault
from tipcycle.ladder.recipients import BUREAUS, OFFICE, position_id
from tipcycle.model.position import Channel, Position, Role, is_mail_address
from tipcycle.model.post import Post


class _Seat(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    title: str
    email: str
    cable: str = ""
    slack: str = ""


class _Office(_Seat):
    unit: Annotated[str, Field(pattern=r"^[a-z]+$")]


class _Seats(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    post: Annotated[tuple[_Seat, ...], Field(min_length=1)]
    bureau: Annotated[tuple[_Seat, ...], Field(min_length=1)]
    office: Annotated[tuple[_Seat, ...], Field(min_length=1)]
    beside: tuple[_Office, ...] = ()


def read_positions(config_dir: Path, posts: Iterable[Post], faults: list[Fault]) -> dict[str, Position]:
    """Every position of every post, bureau, the office and the offices beside and above it, by id."""
    file = "positions.yaml"
    seats = validated(_Seats, read_yaml(config_dir / file, faults, file=file), faults, file=file)
    if seats is None or not _texts_are_sound(seats, faults, file=file):
        return {}
    positions = [
        _position(seat, unit=post.id, post=post.id, bureau=post.bureau, words=_words(post))
        for post in posts
        for seat in seats.post
    ]
    for bureau in BUREAUS:
        words = {"bureau": bureau.lower()}
        positions += [
            _position(seat, unit=bureau.lower(), post=None, bureau=bureau, words=words) for seat in seats.bureau
        ]
    positions += [_position(seat, unit=OFFICE, post=None, bureau=None, words={}) for seat in seats.office]
    positions += [_position(seat, unit=seat.unit, post=None, bureau=None, words={}) for seat in seats.beside]
    return {position.id: position for position in positions}


def _texts_are_sound(seats: _Seats, faults: list[Fault], *, file: str) -> bool:
    known = {
        "post": dict.fromkeys(("post", "name", "designator", "bureau"), "x"),
        "bureau": {"bureau": "x"},
        "office": {"bureau": "x"},
        "beside": {"bureau": "x"},
    }
    before = len(faults)
    for group, words in known.items():
        for seat in getattr(seats, group):
            for field in ("title", "email", "cable", "slack"):
                text = getattr(seat, field)
                if remedy := _remedy(field, text, words):
                    faults.append(Fault(file, f"{group}.{seat.role}.{field}", json.dumps(text), remedy))
    return len(faults) == before


def _remedy(field: str, text: str, words: Mapping[str, str]) -> str:
    """What is to be done about a seat's text, or nothing; an address must stay one address once it is spelt out."""
    try:
        spelt = text.format(**words)
    except (KeyError, IndexError, ValueError):
        return f"use no placeholder but {', '.join('{' + word + '}' for word in words)}"
    if field == "email" and not is_mail_address(spelt):
        return "is no mail address; write it as name@place.example"
    return "" if spelt.isprintable() else "write it on one line"


def _words(post: Post) -> dict[str, str]:
    return {"post": post.id, "name": post.name, "designator": post.designator}


def _position(seat: _Seat, *, unit: str, post: str | None, bureau: str | None, words: dict[str, str]) -> Position:
    addresses: list[tuple[Channel, str]] = [("email", seat.email.format(**words))]
    if seat.cable:
        addresses.append(("cable", seat.cable.format(**words)))
    if seat.slack:
        addresses.append(("slack", seat.slack.format(**words)))
    title = seat.title.format(**(words | {"bureau": bureau or ""}))
    return Position(
        id=position_id(unit, seat.role),
        role=seat.role,
        post=post,
        bureau=bureau,
        title=title,
        addresses=tuple(addresses),
    )
