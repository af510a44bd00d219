"""Who signs what the play fills into a form? The position itself, with a code that it is given a moment before."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tipcycle.errors import StoreError
from tipcycle.model.signing_code import Deed
from tipcycle.operations.change_contact import delegate
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.issue_code import show_code
from tipcycle.operations.record_placements import record_placements
from tipcycle.operations.release_document import release_document
from tipcycle.operations.waive_obligation import preview_waiver

if TYPE_CHECKING:  # Prefect reads the environment when it is imported, which the stage has to set first
    from prefect import Flow


def signed(flow: Flow[..., Any], words: tuple[Any, ...], options: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The options of a flow with the code that signs them, where a position has to and there is something to sign."""
    to_sign = _TO_SIGN.get(flow.name)
    if to_sign is None:
        return dict(options)
    given = inspect.signature(flow.fn).bind(*words, **options).arguments
    try:
        deed = to_sign(given | {"at": at, "preview": True})
    except StoreError:
        deed = None  # a supplement begins with asking for its clearance; the flow itself says what else is wrong
    return dict(options) | ({"code": show_code(deed, at=at).code} if deed else {})


def _deadline(given: dict[str, Any]) -> Deed:
    renamed = {"planned_on": given.pop("to", None)}
    given.pop("withdraw", None)
    return change_deadline(**given, **renamed).to_sign


def _contact(given: dict[str, Any]) -> Deed | None:
    renamed = {"to": given.pop("delegate_to")}
    return delegate(**given, **renamed).to_sign  # the play changes no address


def _waiver(given: dict[str, Any]) -> Deed:
    return preview_waiver(**{name: value for name, value in given.items() if name not in ("at", "preview")}).to_sign


_TO_SIGN: Mapping[str, Callable[[dict[str, Any]], Deed | None]] = {
    "clear-document": lambda given: clear_documents(**given).to_sign,
    "release-document": lambda given: release_document(**given).to_sign,
    "record-placement": lambda given: record_placements(**given).to_sign,
    "change-deadline": _deadline,
    "waive-obligation": _waiver,
    "change-contact": _contact,
}
