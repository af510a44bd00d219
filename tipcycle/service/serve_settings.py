"""How is Prefect set up where people rely on it? A password beyond loopback, and a memory longer than a cycle."""

from __future__ import annotations

from collections.abc import Mapping

from tipcycle.errors import TipcycleError
from tipcycle.service.hosts import is_loopback
from tipcycle.service.prefect_api import AUTH, password_of
from tipcycle.service.prefect_server import DATABASE
from tipcycle.settings import EVERYWHERE

_KEEP_DAYS = 430  # a cycle takes ten months, and its runs are asked about until the next one's Report

# What an operator's environment may say of our server; every other Prefect setting of the shell is another server's.
_HANDED_ON = (DATABASE,)

_KEPT = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(_KEEP_DAYS * 24 * 3600),
    # In memory, the leases of a killed run would be lost with the server, and its deployment would never run again.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
}
_WORKER = {
    "PREFECT_WORKER_QUERY_SECONDS": "5",
    # A run's own lines, with the way to the start page, are shown in the UI; those of its tasks would be thousands.
    "PREFECT_LOGGING_LOGGERS_PREFECT_FLOW_RUNS_LEVEL": "INFO",
}


def serve_settings(host: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The settings beyond the quiet ones; raises `TipcycleError` where others could reach the server unasked."""
    auth = _password(environment)
    if not is_loopback(host) and not auth:
        raise TipcycleError(
            f"--host {host} lets other machines reach Prefect, and whoever reaches it can act in it: "
            f"set {AUTH[1]}=user:password first"
        )
    ours = _KEPT | client_settings(environment)
    ours |= {name: environment[name] for name in _HANDED_ON if environment.get(name)}
    if environment.get("TIPCYCLE_UI_URL"):  # the browser's way, through a proxy or from another machine
        ours["PREFECT_UI_URL"] = environment["TIPCYCLE_UI_URL"].rstrip("/")
        ours["PREFECT_SERVER_UI_API_URL"] = ours["PREFECT_UI_URL"] + "/api"
    return ours


def client_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The settings of whoever asks the server: how often a worker does, and the password."""
    auth = _password(environment)
    return _WORKER | (dict.fromkeys(AUTH, auth) if auth else {})


def _password(environment: Mapping[str, str]) -> str:
    auth = password_of(environment)
    if auth and not all(auth.partition(":")):
        raise TipcycleError(f"{AUTH[1]} must be written as user:password")
    return auth


def unreachable_page(host: str, environment: Mapping[str, str]) -> str:
    """What to say where browsers elsewhere would be sent to their own machine; empty otherwise."""
    if host not in EVERYWHERE or environment.get("TIPCYCLE_UI_URL"):
        return ""
    return "set TIPCYCLE_UI_URL to how browsers reach this machine: the UI sends them to 127.0.0.1 otherwise"
