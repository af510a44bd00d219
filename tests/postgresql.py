"""A real PostgreSQL server for the tests: made in a folder of its own, never safe on disk, gone when they end."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

INSTALL = "apt-get install postgresql"
_ROLE = "tipcycle"
_NEVER_ROOT = ("--reuid", "nobody", "--regid", "nogroup", "--clear-groups")  # initdb and postgres refuse root
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off")


def programs() -> Path | None:
    """The folder of initdb and postgres, of the newest version that is installed; None without one of 15 or later."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    return next((path for path in [*debian, *found] if (path / "postgres").exists() and _version(path) >= 15), None)


class Server:
    """`url(name)` is the address of one of its databases; its role may do everything."""

    def __init__(self, bin_folder: Path) -> None:
        self._bin = bin_folder
        self._folder = Path(tempfile.mkdtemp(prefix="tipcycle-postgresql-"))
        self._password = secrets.token_hex(8)
        self._made = 0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._initialise()
        self._process = self._start()

    def url(self, database: str, *, role: str = _ROLE, password: str = "") -> str:
        """The SQLAlchemy address."""
        return f"postgresql+psycopg://{role}:{password or self._password}@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template0") -> str:
        """The name of a new database, a copy of `template`."""
        self._made += 1
        name = f"ledger_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Take a database away, whoever is still connected."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        with self._connect() as connection:
            connection.execute(sql.SQL(statement))

    def program(self, name: str, *words: str, given: bytes = b"") -> bytes:
        """What one of PostgreSQL's own programs answers; addresses among its words are SQLAlchemy's."""
        plain = [word.replace("postgresql+psycopg://", "postgresql://") for word in words]
        return subprocess.run([self._bin / name, *plain], input=given, capture_output=True, check=True).stdout

    def interrupt(self) -> None:
        """End it as an operator would who waits for nobody; what is committed stays."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=60)

    def resume(self) -> None:
        """Start it again where it was."""
        self._process = self._start()

    def stop(self) -> None:
        """End it and leave nothing behind."""
        self.interrupt()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        plain = self.url("postgres").replace("+psycopg", "")
        return psycopg.connect(plain, autocommit=True, connect_timeout=10)

    def _initialise(self) -> None:
        secret = self._folder / "password"
        secret.write_text(self._password, encoding="ascii")
        if os.geteuid() == 0:
            for path in (self._folder, secret):
                shutil.chown(path, "nobody", "nogroup")
        # Databases sort as en-US does, on purpose: what a ledger sorts must not depend on it.
        locale = ("--locale=C", "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en-US")
        subprocess.run(
            [*self._as_somebody(), "initdb", "--no-sync", f"--pgdata={self._data}", f"--username={_ROLE}",
             "--auth=scram-sha-256", f"--pwfile={secret}", *locale],
            check=True, stdout=subprocess.DEVNULL, env=self._environment(), cwd="/",
        )  # fmt: skip

    def _start(self) -> subprocess.Popen[bytes]:
        options = ("listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories=", *_FAST)
        command = [*self._as_somebody(), "postgres", "-D", str(self._data)]
        for option in options:
            command += ["-c", option]
        with (self._folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, env=self._environment(), cwd="/")
        until = time.monotonic() + 60
        while True:
            try:
                self._connect().close()
            except psycopg.OperationalError as error:
                if process.poll() is not None or time.monotonic() > until:
                    said = (self._folder / "log").read_text(encoding="utf-8")
                    raise RuntimeError(f"PostgreSQL did not start: {said}") from error
                time.sleep(0.02)
            else:
                return process

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _as_somebody(self) -> list[str]:
        """The server gets the signal to end when the tests die, even of SIGKILL."""
        if not shutil.which("setpriv"):
            return []
        return ["setpriv", "--pdeathsig", "INT", *(_NEVER_ROOT if os.geteuid() == 0 else ())]

    def _environment(self) -> dict[str, str]:
        return {"PATH": f"{self._bin}:{os.environ['PATH']}", "LC_ALL": "C"}


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    number = said.split()[2:3]
    return int(number[0].split(".")[0]) if number and number[0].split(".")[0].isdigit() else 0
