"""How is each key spelt? Every deterministic key of the ledger is written here and nowhere else."""

from __future__ import annotations

import hashlib
from datetime import date


def obligation_key(report_year: int, step: str, country: str | None) -> str:
    """`obligation:2010:progress-report:SEN`; the cycle as a whole owes as `all`."""
    return f"obligation:{report_year}:{step}:{country or 'all'}"


def notice_key(report_year: int, step: str, country: str | None, *, version: int, days: int, position: str) -> str:
    """`notice:2010:progress-report:SEN:v1:-14:dakar.action-officer`."""
    return f"notice:{report_year}:{step}:{country or 'all'}:v{version}:{days:+d}:{position}"


def message_key(report_year: int, position: str, channel: str, local_on: date, n: int) -> str:
    """`message:2010:dakar.action-officer:email:2009-11-13:1`; the date is the recipient's own."""
    return f"message:{report_year}:{position}:{channel}:{local_on.isoformat()}:{n}"


def roll_call_key(report_year: int, post: str) -> str:
    """`message:2010:roll-call:dakar`: one a post and cycle."""
    return f"message:{report_year}:roll-call:{post}"


def bureau_digest_key(report_year: int, bureau: str = "", monday: date | None = None) -> str:
    """`message:2010:bureau-digest:eur-2009-11-16`: one a bureau and week, named by its Monday; or how all begin."""
    which = f"{bureau.lower()}-{monday.isoformat()}" if monday else ""
    return f"message:{report_year}:bureau-digest:{which}"


def bureau_of_digest(key: str) -> tuple[str, date]:
    """`("EUR", date(2009, 11, 16))`, from the key of a digest, also of one that was passed on."""
    bureau, _, monday = key.rpartition("bureau-digest:")[2].partition("+")[0].partition("-")
    return bureau.upper(), date.fromisoformat(monday)


def document_key(report_year: int, kind: str, country: str | None) -> str:
    """`document:2010:action-request:SEN`; a compiled document is of `all`."""
    return f"document:{report_year}:{kind}:{country or 'all'}"


def document_words(key: str) -> str:
    """`action request of SEN`, `full assessment`: the document of a key, as a person calls it."""
    _, _, kind, country = key.split(":")
    return kind.replace("-", " ") + (f" of {country}" if country != "all" else "")


def duty_key(report_year: int, duty: str, subject: str) -> str:
    """`obligation:2010:clear-documents:eur.bureau.1`, `obligation:2010:settle-split:SEN.2`."""
    return f"obligation:{report_year}:{duty}:{subject}"


def instructions_key(report_year: int, post: str) -> str:
    """`message:2010:reporting-instructions:dakar`: one cable a post and cycle, so never two."""
    return f"message:{report_year}:reporting-instructions:{post}"


def annual_forms_key(report_year: int, post: str) -> str:
    """`message:2010:forms:annual-submission-dakar`: one mail with the forms for all countries of a post."""
    return f"message:{report_year}:forms:annual-submission-{post}"


def deadline_key(obligation: str, version: int) -> str:
    """`message:2010:deadline:progress-report-SEN-v2`, from the obligation's key and its new plan."""
    _, year, step, country = obligation.split(":")
    return f"message:{year}:deadline:{step}-{country}-v{version}"


def forms_key(report_year: int, country: str) -> str:
    """`message:2010:forms:SEN`: one mail with the forms for each action request."""
    return f"message:{report_year}:forms:{country}"


def code_key(report_year: int, number: int) -> str:
    """`message:2010:code:7`: the mail that brings the one-time code of that number."""
    return f"message:{report_year}:code:{number}"


def number_of_code(key: str) -> int | None:
    """7, from the key of a mail that brings a one-time code; None of any other message."""
    words = key.split(":")
    return int(words[3]) if words[0] == "message" and words[2:3] == ["code"] else None


def receipt_key(obligation: str, version: int) -> str:
    """`message:2010:receipt:progress-report-SEN-v1`, from the obligation's key."""
    _, year, step, country = obligation.split(":")
    return f"message:{year}:receipt:{step}-{country}-v{version}"


def refusal_key(report_year: int, refusal: str) -> str:
    """`message:2010:refusal:0f3c…`: one mail a refused file; passed on it ends in `+POSITION`."""
    return f"message:{report_year}:refusal:{refusal}"


def request_key(report_year: int, country: str) -> str:
    """`message:2010:action-request:SEN`: one cable a country and cycle, so never two."""
    return f"message:{report_year}:action-request:{country}"


def alarm_key(report_year: int, flow: str, local_on: date) -> str:
    """`message:2010:alarm:remind-and-escalate-2009-11-16`: one mail a flow and day."""
    return f"message:{report_year}:alarm:{flow[:60]}-{local_on.isoformat()}"


def start_key(report_year: int) -> str:
    """`start-2010`: the coordinator's page that leads to all others."""
    return f"start-{report_year}"


def waiting_key(report_year: int) -> str:
    """`waiting-2010`: the page of what waits for a person."""
    return f"waiting-{report_year}"


def proof_key(report_year: int, post: str) -> str:
    """`proof-2010-baku`: the page of what one post was asked and what it answered."""
    return f"proof-{report_year}-{post}"


def answer_id(token: str, number: int) -> str:
    """`answer:3f5a0c94e1b2d687:01`: the answers given through one link, in order."""
    return f"answer:{hashlib.sha256(token.encode()).hexdigest()[:16]}:{number:02d}"
