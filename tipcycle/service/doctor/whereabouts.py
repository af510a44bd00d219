"""Where is the Prefect server that serves this data? Where the environment says, else where `tipcycle serve` says."""

from __future__ import annotations

import os

from tipcycle.service.prefect_api import PrefectApi, password_of
from tipcycle.service.serve_lock import Served, served_by
from tipcycle.settings import settings


def serving() -> Served | None:
    """The `tipcycle serve` of this machine's folder, if one runs."""
    return served_by(settings().own_dir)


def api() -> PrefectApi:
    """The server to ask; PREFECT_API_URL is for a machine on which only a worker runs."""
    served = serving()
    url = os.environ.get("PREFECT_API_URL") or (served.api_url if served else "http://127.0.0.1:4200/api")
    return PrefectApi(url, auth=api_password())


def api_password() -> str:
    """The `user:password` of that server, if the environment says it."""
    return password_of(os.environ)
