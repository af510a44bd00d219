"""Every check, one after the other: what breaks in one is its fault and keeps no other from being made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from tipcycle.errors import ConfigError, TipcycleError
from tipcycle.service.doctor import CHECKS
from tipcycle.service.doctor.seen import Seen, fault
from tipcycle.service.doctor.whereabouts import api_password
from tipcycle.settings import Settings, settings


def examine(at: datetime) -> Iterator[tuple[str, Seen]]:
    """The name of each check with what it saw, as it is seen; no password, token or key is in it."""
    try:
        secrets = _secrets(settings())
    except ConfigError as error:
        yield from (("settings", fault(str(one), "correct the environment variable")) for one in error.faults)
        return
    for name, look in CHECKS.items():
        try:
            for seen in look(at):
                yield name, _without(secrets, seen)
        except (TipcycleError, OSError) as error:
            yield name, _without(secrets, _told(error))


def _told(error: Exception) -> Seen:
    """Our own errors end with what is to be done."""
    told, _, remedy = str(error).rpartition("; ")
    return fault(told, remedy) if told else fault(remedy, "mend that, then ask again")


def _secrets(now: Settings) -> list[str]:
    """Everything that must not be shown: receivers, drivers and servers repeat what they were told."""
    kept = (now.smtp_password, now.slack_token, now.gateway_token, now.signing_key)
    known = [one.get_secret_value() for one in kept]
    known += [urlsplit(url).password or "" for url in (now.database_url, now.gateway_url, now.slack_url)]
    known += [api_password(), api_password().partition(":")[2]]
    return sorted((one for one in known if len(one) > 2), key=len, reverse=True)


def _without(secrets: list[str], seen: Seen) -> Seen:
    told, remedy = seen.told, seen.remedy
    for secret in secrets:
        told, remedy = told.replace(secret, "…"), remedy.replace(secret, "…")
    return replace(seen, told=told, remedy=remedy)
