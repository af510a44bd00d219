"""What does a Prefect server say? Questions over its HTTP API, without importing Prefect, past every proxy."""

from __future__ import annotations

import base64
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from tipcycle.errors import TipcycleError

AUTH = ("PREFECT_API_AUTH_STRING", "PREFECT_SERVER_API_AUTH_STRING")


def password_of(environment: Mapping[str, str]) -> str:
    """The `user:password` of the server, as clients or the server itself are told it; empty without one."""
    return next((environment[name] for name in AUTH if environment.get(name)), "")


class _BusyError(TipcycleError):
    """It may be answered in a moment: the server restarts, or its database is locked."""


class NotThereError(TipcycleError):
    """The server answers, and does not know what was asked for."""


class PrefectApi:
    """`url` ends in /api; a question that is not answered raises `TipcycleError` with the reason.

    `attempts` is how often it is put to a server that does not answer or says that it cannot, a second apart.
    """

    def __init__(self, url: str, *, auth: str | None = None, attempts: int = 1) -> None:
        self.url, self._attempts = url.rstrip("/"), attempts
        auth = password_of(os.environ) if auth is None else auth
        self._headers = {"Content-Type": "application/json"}
        if auth:
            self._headers["Authorization"] = f"Basic {base64.b64encode(auth.encode()).decode()}"

    def get(self, path: str) -> Any:
        """The answer to GET, as JSON values."""
        return self._ask(path, None)

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """The answer to POST, as JSON values."""
        return self._ask(path, json.dumps(body).encode())

    def every(self, path: str, body: Mapping[str, Any]) -> list[Any]:
        """Everything that a filter finds, page after page."""
        found: list[Any] = []
        while page := self.post(path, {**body, "limit": 200, "offset": len(found)}):
            found += page
            if len(page) < 200:
                break
        return found

    def date(self) -> datetime:
        """What the server's clock says, to the second."""
        with self._open("/health", None) as answer:
            stated = answer.headers.get("Date")
        if not stated:
            raise TipcycleError(f"{self.url} does not say its time")
        return parsedate_to_datetime(stated)

    def _ask(self, path: str, body: bytes | None) -> Any:
        for left in reversed(range(self._attempts)):
            try:
                with self._open(path, body) as answer:
                    return json.load(answer)
            except _BusyError:
                if not left:
                    raise
                time.sleep(1)
        raise AssertionError("no attempt was allowed")

    @contextmanager
    def _open(self, path: str, body: bytes | None) -> Iterator[Any]:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            request = urllib.request.Request(self.url + path, data=body, headers=self._headers)  # noqa: S310
            with direct.open(request, timeout=30) as answer:
                yield answer
        except urllib.error.HTTPError as error:
            remedy = "; set PREFECT_API_AUTH_STRING to its user:password" if error.code == 401 else ""
            kind = _BusyError if error.code >= 500 else NotThereError if error.code == 404 else TipcycleError
            raise kind(f"{self.url}{path}: {error.code} {error.reason}{remedy}") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise _BusyError(f"no Prefect server answers at {self.url}: {reason}") from error
