"""The life cycle of one durable_rules ruleset, through its C module only: asserted, fired, emptied, disposed of.

The module is written in C and trusts its caller: what goes in is written here by us, never by a user. One lock serves
all threads; a fault in the middle of a round rebuilds the ruleset; a forked child builds its own.
"""

from __future__ import annotations

import json
import os
import re
import threading
import weakref
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Self

import durable_rules_engine as durable

from engine.ground.errors import EngineError
from engine.ground.forked_lock import ForkedLock

Rules = Mapping[str, Mapping[str, Any]]

_STORED = 0
_BARE_EXPONENT = re.compile(r"(: -?[0-9]+)e")  # durable_rules reads 1.0e-05, not 1e-05
_DEFAULT_SESSION = "0"


def fnv1a(text: str) -> int:
    """Give the 32-bit hash that durable_rules compares instead of names.

    >>> fnv1a("a") == 0xE40C292C
    True
    """
    result = 0x811C9DC5
    for byte in text.encode():
        result = ((result ^ byte) * 0x01000193) & 0xFFFFFFFF
    return result


class Session:
    """A ruleset in the process, for one round of facts at a time."""

    def __init__(self, rules: Rules, words: Iterable[str]) -> None:
        """Take the rules, and all property names and ids that will be used; raises EngineError if two names collide."""
        names = {*rules, *words}
        if len({fnv1a(name) for name in names}) != len(names):
            message = "two names of this rulebook have the same hash in durable_rules; rename one of its criteria"
            raise EngineError(message)
        self._rules = _BARE_EXPONENT.sub(r"\1.0e", json.dumps(rules))
        self.lock = ForkedLock()
        self.has_fired = threading.Event()
        self._handle: int | None = None
        self._finalizer: weakref.finalize[..., Session] | None = None
        _SESSIONS.add(self)

    def open(self) -> int:
        """Give the handle of the ruleset, built now if there is none."""
        if self._handle is None:
            self.has_fired = threading.Event()
            try:
                self._handle = int(durable.create_ruleset("champion", self._rules))
            except Exception as error:
                message = f"durable_rules cannot take these rules: {error}"
                raise EngineError(message) from error
            self._finalizer = weakref.finalize(self, _dispose, self._handle, self.has_fired)
        return self._handle

    def close(self) -> None:
        """Free the ruleset's memory; it is built again when needed."""
        if self._finalizer is not None:
            self._finalizer()
        self._handle = self._finalizer = None

    def forget(self) -> None:
        """In a forked child: leave the parent's ruleset alone, whatever it was in the middle of."""
        if self._finalizer is not None:
            self._finalizer.detach()
        self._handle = self._finalizer = None


class Round:
    """Facts of one firm, from the first assertion to an empty memory."""

    def __init__(self, session: Session) -> None:
        """Belong to `session`."""
        self._session = session
        self._ids: list[str] = []
        self._handle = 0

    def __enter__(self) -> Self:
        """Take the ruleset; the caller holds the session's lock."""
        self._handle = self._session.open()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Take every fact back; if the round failed, or something is left, throw the ruleset away."""
        if kind is not None:
            self._session.close()
            return
        try:
            if self._ids:
                durable.retract_facts(self._handle, "[" + ",".join(f'{{"id":"{name}"}}' for name in self._ids) + "]")
            is_empty = durable.get_facts(self._handle, None) == "[]"
        except Exception as error:
            self._session.close()
            message = f"durable_rules failed: {error}"
            raise EngineError(message) from error
        if not is_empty:
            self._session.close()
            message = "durable_rules kept facts after a round"
            raise EngineError(message)

    def fire(self, facts: Mapping[str, str]) -> list[str]:
        """Assert facts (id to JSON object), run every rule that they fire, and give the rules' names in order."""
        handle = self._handle
        self._ids += facts
        try:
            code, state = durable.assert_facts(handle, "[" + ",".join(facts.values()) + "]")
            _expect_stored(code)
            self._session.has_fired.set()
            answer = durable.start_action_for_state(handle, state)
            proceed = partial(durable.complete_and_start_action, handle, state)
            replies = [] if answer is None else [answer[1], *iter(proceed, None)]
        except EngineError:
            raise
        except Exception as error:
            message = f"durable_rules failed: {error}"
            raise EngineError(message) from error
        return [reply.split('"', 2)[1] for reply in replies]


def _expect_stored(code: int) -> None:
    if code != _STORED:
        message = f"durable_rules did not store the facts (code {code})"
        raise EngineError(message)


def _dispose(handle: int, has_fired: threading.Event) -> None:
    """Free the ruleset, and first its session if there is one: deleting a session that never was is a fault in C."""
    if has_fired.is_set():
        durable.delete_state(handle, _DEFAULT_SESSION)
    durable.delete_ruleset(handle)


_SESSIONS: weakref.WeakSet[Session] = weakref.WeakSet()


def _forget_all() -> None:
    for session in list(_SESSIONS):
        session.forget()


os.register_at_fork(after_in_child=_forget_all)
