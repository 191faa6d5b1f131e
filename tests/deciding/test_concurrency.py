"""One engine for many threads, for forked children, and after an interrupted round."""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import Catalog, EngineError, assess, rules_folder, shipped, to_json
from engine.deciding.durable_session import Round, Session, fnv1a
from engine.deciding.to_durable import DurableEngine, engine_for

PROFILES = [
    {
        "firm_id": str(number),
        "global_rank": 1 + number % 5,
        "global_market_share_pct": number % 31,
        "employees_y0": number * 37,
    }
    for number in range(60)
]


def _answers() -> list[bytes]:
    return [to_json(assess(profile)) for profile in PROFILES]


def test_twelve_threads() -> None:
    """Twelve threads get, for every firm, the very bytes that one thread gets."""
    expected = _answers()
    with ThreadPoolExecutor(12) as pool:
        results = list(pool.map(lambda _: _answers(), range(12)))
    assert all(result == expected for result in results)


def test_a_cold_catalog() -> None:
    """Twelve threads that ask for the same rulebook first all get the same one, and none an error."""
    for _ in range(3):
        catalog = Catalog(rules_folder())
        with ThreadPoolExecutor(12) as pool:
            found = list(pool.map(lambda _, rules=catalog: rules.rulebook(), range(12)))
        assert all(rulebook is found[0] for rulebook in found)


def _in_child(queue: multiprocessing.Queue[list[bytes]]) -> None:
    queue.put(_answers())


def _asked_of_child() -> list[bytes]:
    """Give the answers of a forked child, which does not outlive the question."""
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_in_child, args=(queue,), daemon=True)
    child.start()
    try:
        return queue.get(timeout=60)
    finally:
        child.kill()
        child.join()


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_forked_while_others_work() -> None:
    """A child forked while threads are in the middle of rounds decides like its parent, and does not hang."""
    expected = _answers()
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            assess(PROFILES[1])

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(3):
            assert _asked_of_child() == expected
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_forked_while_the_rules_are_read() -> None:
    """A child forked while another thread holds the lock of the rules, or of a session, does not wait for it."""
    expected = _answers()
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with shipped()._lock, engine_for(shipped().rulebook())._session.lock:
            held.set()
            let_go.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    try:
        assert _asked_of_child() == expected
    finally:
        let_go.set()
        thread.join()


def test_interrupted_round() -> None:
    """After a round that was broken off half-way the next one starts from an empty memory."""
    engine = DurableEngine(shipped().rulebook())
    kind = engine._levels[0].parts[0].kind
    fact = {kind: f'{{"id":"{kind}","kind":"{kind}"}}'}
    with pytest.raises(KeyboardInterrupt), Round(engine._session) as facts:
        facts.fire(fact)
        raise KeyboardInterrupt
    with Round(engine._session) as facts:
        assert facts.fire(fact)


def test_a_fault_is_an_engine_error() -> None:
    """A fact that durable_rules refuses is an EngineError, never an outcome, and does not spoil the next round."""
    session = Session({"r": {"all": [{"m": {"$and": [{"kind": "p"}, {"$gte": {"x": 1.0}}]}}]}}, ["id", "kind", "x"])
    with pytest.raises(EngineError), Round(session) as facts:
        facts.fire({"p": '{"id":"p","kind":"nothing matches this"}'})
    with Round(session) as facts:
        assert facts.fire({"p": '{"id":"p","kind":"p","x":2.0}'}) == ["r"]


def test_hash_collision_is_refused() -> None:
    """Two names with the same 32-bit hash, which durable_rules could not tell apart, are refused when building."""
    first, second = "costarring", "liquid"
    assert fnv1a(first) == fnv1a(second)
    with pytest.raises(EngineError, match="same hash"):
        Session({}, [first, second])


def test_a_difference_is_never_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """If durable_rules said something else than the definition, there would be an EngineError and no verdict."""
    engine = engine_for(shipped().rulebook())
    honest = engine.decide

    def lying(figures: object) -> object:
        outcomes, trace = honest(figures)  # type: ignore[arg-type]
        return {**outcomes, "verdict": "met"}, trace

    monkeypatch.setattr(engine, "decide", lying)
    with pytest.raises(EngineError, match="the evaluators differ on cae-2021-champion"):
        assess({})
