"""How a screening is ended from another thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from engine.ground.errors import ChampionError, Text
from engine.screening.duckdb_backend import DuckdbBackend


class StoppedError(ChampionError):
    """The caller wanted no answer any more; nothing was written."""


class Stop:
    """What ends a screening from another thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wanted = False
        self._backend: DuckdbBackend | None = None

    def now(self) -> None:
        """End the screening that was given this: it raises StoppedError soon."""
        with self._lock:
            self._wanted = True
            if self._backend is not None:
                self._backend.interrupt()

    @contextmanager
    def step(self, _: Text, backend: DuckdbBackend) -> Iterator[None]:
        """Give the context of a step that can be ended."""
        self._keep(backend)
        try:
            self.check()
            yield
        except Exception as error:
            self.check(error)
            raise
        finally:
            self._keep(None)
        self.check()

    def check(self, because: Exception | None = None) -> None:
        """Raise StoppedError if the end was asked for."""
        if self._wanted:
            raise StoppedError from because

    def _keep(self, backend: DuckdbBackend | None) -> None:
        with self._lock:
            self._backend = backend
