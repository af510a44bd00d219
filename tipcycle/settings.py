"""Where things are and how to reach receivers: read from TIPCYCLE_… variables, never from config/.

Passwords and tokens are `SecretStr`: they do not show in logs, tracebacks or `repr`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from tipcycle.errors import ConfigError, Fault

_PREFIX = "TIPCYCLE_"
PRIVATE = 0o077  # the umask of every process of ours: ledger, logs, mails and papers are their owner's alone
ROOT = Path(__file__).resolve().parent.parent
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - only compared with


class Settings(BaseSettings):
    """One reading of the environment; seconds are wall-clock seconds."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore")

    config_dir: Path = ROOT / "config"
    var_dir: Path = ROOT / "var"
    local_dir: Path | None = None  # what is this machine's alone, where var_dir is shared; None: in var_dir
    database_url: str = ""  # empty: SQLite in var_dir

    smtp_host: str = ""  # empty: mail becomes .eml files in var_dir/outbox
    smtp_port: int = 25
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_connections: int = Field(default=3, ge=1, le=20)  # at once; a kill leaves no more mails unknown
    mail_from: str = "tipcycle@gtip.example"

    slack_url: str = "https://slack.com/api/"
    slack_token: SecretStr = SecretStr("")  # empty: escalations go to the outbox instead

    gateway_url: str = ""  # empty: cables go to the outbox instead
    gateway_token: SecretStr = SecretStr("")

    signing_key: SecretStr = SecretStr("")  # empty: a random one, kept in var_dir/signing.key

    ui_url: str = "http://127.0.0.1:4200"  # what links in messages point to

    heartbeat_url: str = ""  # empty: the watchman writes its file and calls nobody

    send_timeout_seconds: float = Field(default=30, gt=0, le=600)
    lease_seconds: int = Field(default=300, ge=1, le=3600)
    max_submission_bytes: int = Field(default=1_000_000, ge=1)
    inbox_settle_seconds: float = Field(default=2, ge=0)  # a file still being written is left for later

    intake_host: str = "127.0.0.1"  # loopback: a reverse proxy with TLS stands in front
    intake_port: int = Field(default=4280, ge=1, le=65535)
    intake_proxy: str = ""  # the address of the reverse proxy that may name its clients
    intake_url: str = ""  # how posts reach the intake; empty: reminders carry no answer links
    intake_requests_per_minute: int = Field(default=120, ge=1)  # an address
    intake_uploads_per_minute: int = Field(default=10, ge=1)  # a token
    intake_seconds: float = Field(default=60, gt=0, le=3600)  # how long one upload may take
    board_password: SecretStr = SecretStr("")  # user:password of who reads the board and need not act in Prefect
    workbook: Literal["link", "attachment", "none"] = "link"  # how reminders bring the workbook to fill in
    link_days: int = Field(default=60, ge=1, le=366)  # how long an answer link is good

    @property
    def ledger_url(self) -> str:
        """The SQLAlchemy address of the ledger."""
        return self.database_url or f"sqlite:///{self.var_dir / 'tipcycle.sqlite3'}"

    @property
    def own_dir(self) -> Path:
        """What no other machine may share: the lock of `tipcycle serve`, Prefect's home, logs."""
        return self.local_dir or self.var_dir

    @property
    def outbox(self) -> Path:
        """Where messages are written while their receiver is not configured."""
        return self.var_dir / "outbox"

    @property
    def deliveries(self) -> Path:
        """The log of what receivers accepted on this machine."""
        return self.var_dir / "deliveries.jsonl"

    @property
    def bounces(self) -> Path:
        """Where mails that came back are dropped, as .eml files."""
        return self.var_dir / "bounces"

    @property
    def heartbeat(self) -> Path:
        """Where the watchman writes when it looked last, and what it found."""
        return self.var_dir / "heartbeat.json"

    @property
    def inbox(self) -> Path:
        """Where submissions are dropped; a file is moved on once it is decided."""
        return self.var_dir / "inbox"

    @property
    def intake_here(self) -> str:
        """How this machine reaches the intake."""
        host = "127.0.0.1" if self.intake_host in EVERYWHERE else self.intake_host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.intake_port}"

    @property
    def board_url(self) -> str:
        """Where browsers find the board: as posts reach the intake, or as this machine does."""
        return f"{(self.intake_url or self.intake_here).rstrip('/')}/board"

    @property
    def signing_secret(self) -> bytes:
        """The key of everything we sign; made on first use, readable for nobody else."""
        given = self.signing_key.get_secret_value()
        return given.encode() if given else _kept_key(self.var_dir / "signing.key")


def _kept_key(path: Path) -> bytes:
    """The key in the file. Of two processes that make it at once, one links its own and both read that one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        try:
            path.hardlink_to(made)
        except FileExistsError:
            pass  # another process was first, and its key is as good
        finally:
            made.unlink()
    return path.read_bytes().strip()


_instead: ContextVar[Settings | None] = ContextVar("settings that hold instead", default=None)


@contextmanager
def instead(other: Settings) -> Iterator[None]:
    """Let `settings()` be these inside the block, for this flow of control only: a preview plays on a copy."""
    token = _instead.set(other)
    try:
        yield
    finally:
        _instead.reset(token)


def settings() -> Settings:
    """The settings of this moment: they follow the environment, so that a test or a rehearsal can set its own.

    Raises `ConfigError` naming every variable that holds what it cannot.
    """
    other = _instead.get()
    if other is not None:
        return other
    ours = [name for name in os.environ if name.startswith(_PREFIX)]  # a tick asks often; other values are not read
    return _settings(tuple((name, os.environ[name]) for name in sorted(ours)))


@lru_cache(maxsize=8)
def _settings(environment: tuple[tuple[str, str], ...]) -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigError([_fault(problem) for problem in error.errors()]) from error


def _fault(problem: Any) -> Fault:
    """No secret can be at fault: passwords and tokens may hold any text."""
    return Fault("environment", f"{_PREFIX}{problem['loc'][0]}".upper(), f'"{problem["input"]}"', f"{problem['msg']}")
