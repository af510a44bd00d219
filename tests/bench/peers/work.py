"""What every peer does with a message: send it over this process's connection, commit its receipt in SQLite."""

from __future__ import annotations

import smtplib
import sqlite3
import threading
import time
from email.message import EmailMessage

_own = threading.local()


def make_ledger(path: str, size: int) -> None:
    """One durable row a message, before anything is sent."""
    with sqlite3.connect(path) as rows:
        rows.execute("PRAGMA journal_mode=WAL")
        rows.execute("CREATE TABLE message (n INTEGER PRIMARY KEY, accepted_at REAL)")
        rows.executemany("INSERT INTO message VALUES (?, NULL)", [(n,) for n in range(size)])


def send_one(n: int, *, ledger: str, port: int) -> None:
    """A mail as large as ours are, and its receipt."""
    if not hasattr(_own, "smtp"):
        _own.smtp = smtplib.SMTP("127.0.0.1", port)
        _own.rows = sqlite3.connect(ledger, timeout=60)
    mail = EmailMessage()
    mail["From"], mail["To"] = "bench@gtip.example", f"bench.{n}@posts.example"
    mail["Subject"], mail["Message-ID"] = "Due: progress report", f"<{n}@tipcycle.example>"
    mail.set_content("x" * 1200)
    _own.smtp.send_message(mail)
    with _own.rows:
        _own.rows.execute("UPDATE message SET accepted_at = ? WHERE n = ?", (time.time(), n))


def accepted(path: str) -> int:
    """How many receipts there are."""
    with sqlite3.connect(path) as rows:
        return int(rows.execute("SELECT count(*) FROM message WHERE accepted_at IS NOT NULL").fetchone()[0])
