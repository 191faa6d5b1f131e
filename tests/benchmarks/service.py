"""The HTTP service beside a FastAPI endpoint that only validates: one worker each, the same settings of uvicorn."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from time import monotonic, sleep

import firms
import table
from load import CONNECTIONS, GENERATOR, Load, load
from rounds import ratio, turns

_ROUNDS = 7
_OURS, _PEER = "POST /v1/assessments", "FastAPI, validate and echo"
_APPS = {_OURS: "api.app:create_app", _PEER: "echo:create_app"}
# as in api/serve.py
_SETTINGS = ["--factory", "--no-access-log", "--no-server-header", "--timeout-keep-alive", "30"]
_SETTINGS += [
    "--h11-max-incomplete-event-size",
    "65536",
    "--log-level",
    "warning",
    "--app-dir",
    str(Path(__file__).parent),
]
_SLOWEST_START = 30.0


def run() -> None:
    """Load both in turns, with each firm, and print the ratios."""
    with _serving(_APPS[_OURS]) as ours, _serving(_APPS[_PEER]) as peer:
        columns = {}
        for firm, body in firms.bodies().items():
            services = {_OURS: partial(load, ours, body), _PEER: partial(load, peer, body)}
            turns(services, 1)  # warm
            columns[firm] = turns(services, _ROUNDS)
    title = f"2. HTTP: one worker, {CONNECTIONS} connections, {_ROUNDS} rounds, load from {GENERATOR}"
    table.show(title, [*columns], _rows([*columns.values()]))


def _rows(columns: list[dict[str, list[Load]]]) -> list[table.Row]:
    rows = []
    for name in _APPS:
        loads = [column[name] for column in columns]
        rows.append((f"{name}, requests/s", [f"{median(one.rate for one in several):.0f}" for several in loads]))
        rows.append((f"{name}, p50", [f"{median(one.p50 for one in several):.1f} ms" for several in loads]))
        rows.append((f"{name}, p99", [f"{median(one.p99 for one in several):.1f} ms" for several in loads]))
    rates = [{name: [one.rate for one in several] for name, several in column.items()} for column in columns]
    rows.append(("requests/s, ours / peer", [f"{ratio(rate[_OURS], rate[_PEER]):.2f}" for rate in rates]))
    return rows


@contextmanager
def _serving(app: str) -> Iterator[int]:
    """Give the port of a service that answers, and stop it in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-m", "uvicorn", app, "--port", str(port), *_SETTINGS])
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    latest = monotonic() + _SLOWEST_START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or monotonic() > latest:
                raise
            sleep(0.1)
        else:
            return
