"""Did the position sign what it decides? What a form decides needs a one-time code; a command has the ledger at hand.

Source: decision 0019. A code is spent in the transaction of the decision that it signs; a refusal is kept though
nothing else of that transaction is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from tipcycle.errors import StoreError
from tipcycle.model.signing_code import REMEMBERED, Deed, Refusal, judge_code
from tipcycle.settings import settings
from tipcycle.store import Store

_HOW_TO_GET_ONE = "run it with send_code to have one mailed to that position, or see tipcycle sign"


class CodeRefusedError(StoreError):
    """A code that does not sign the deed; the refusal belongs into the log."""

    def __init__(self, deed: Deed, refusal: Refusal, at: datetime) -> None:
        self.deed, self.refusal, self.at = deed, refusal, at
        super().__init__(f"not signed: {refusal.told}; for another code, {_HOW_TO_GET_ONE}")


@contextmanager
def deciding(url: str) -> Iterator[Store]:
    """One transaction in which a code may be asked for before anything is written; a refused one is kept and raised."""
    refused = None
    with Store.begin(url) as store:
        try:
            yield store
        except CodeRefusedError as error:
            refused = error
            _keep(store, error)
    if refused:
        raise refused


def require_code(store: Store, deed: Deed, code: str | None, *, at: datetime) -> dict[str, Any]:
    """Spend the code with which a form signs this deed; return what the decision's act says of how it came about.

    `code` is None for a command. To be asked inside `deciding`, before the first write. Raises `StoreError` where a
    form has none, `CodeRefusedError` where it does not sign this deed.
    """
    if code is None:
        return {"channel": "command"}
    if not code.strip():
        raise StoreError(f"not signed: {deed.position} signs with a one-time code to {deed.what}; {_HOW_TO_GET_ONE}")
    clock = code_clock(store, at)
    known = store.signing_codes.issued_since(clock - REMEMBERED)
    found = judge_code(code, deed, known, key=settings().signing_secret, at=clock)
    if isinstance(found, Refusal):
        raise CodeRefusedError(deed, found, at)
    if not store.signing_codes.spend(found.number, at=clock):
        raise AssertionError(f"code {found.number} was spent while the ledger was ours")
    return {"channel": "form", "signed_with": found.number}


def code_clock(store: Store, at: datetime) -> datetime:
    """When is it for a code? The machine's clock says so, and no field of a form; in a rehearsal `at` does."""
    return at if store.is_rehearsal else datetime.now(UTC)


def _keep(store: Store, error: CodeRefusedError) -> None:
    """Of a wrong code it is not known who gave it, so the act has no position for its actor."""
    deed, refusal = error.deed, error.refusal
    if refusal.why == "wrong":
        store.signing_codes.count_try(deed, at=code_clock(store, error.at))
    store.acts.add(
        "refuse-code",
        f"cycle:{deed.report_year}",
        actor="a form",
        at=error.at,
        position=deed.position,
        decision=deed.act,
        why=refusal.why,
        code=refusal.code.number if refusal.code else None,
    )
