"""What has everything in common that is kept running? It is started, asked whether it is well, and ended."""

from __future__ import annotations

from abc import ABC, abstractmethod

from tipcycle.service.child import Child


class Kept(ABC):
    """One child process that can be started again; `name` is its word in what is told."""

    name: str

    def __init__(self) -> None:
        self._child: Child | None = None

    @abstractmethod
    def start(self) -> None:
        """Start it, and return at once; raises `TipcycleError` if it cannot be."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it says that it is well."""

    @property
    def running(self) -> bool:
        """Whether its process still runs."""
        return self._child is not None and self._child.running

    @property
    def pid(self) -> int | None:
        """Its process, if it was started."""
        return self._child.pid if self._child else None

    @property
    def ending(self) -> str:
        """How its process ended."""
        return self._child.ending if self._child else "is not there"

    def log_tail(self) -> str:
        """The end of its log."""
        return self._child.log_tail() if self._child else ""

    def stop(self) -> None:
        """End it and everything it started."""
        if self._child:
            self._child.stop()
            self._child = None

    def wait(self) -> None:
        """Block until it ends."""
        if self._child:
            self._child.wait()
