"""Requests to a service on this machine, over connections that stay open: from `wrk` if it is there, else from here."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import NamedTemporaryFile
from time import perf_counter

PATH = "/v1/assessments"
CONNECTIONS = 16
_SECONDS = 2
_REQUESTS = 2_000
_WRK = shutil.which("wrk")
GENERATOR = f"wrk, {_SECONDS} s" if _WRK else f"Python's asyncio, {_REQUESTS:,} requests"


@dataclass(frozen=True)
class Load:
    """What a service carried: requests a second, and milliseconds that half and 99 of 100 requests took at most."""

    rate: float
    p50: float
    p99: float


def load(port: int, body: bytes) -> Load:
    """Send the body to a port again and again; raises RuntimeError if any answer is not a success."""
    return _by_wrk(port, body) if _WRK else asyncio.run(_from_here(port, body))


def _by_wrk(port: int, body: bytes) -> Load:
    with NamedTemporaryFile() as file:
        file.write(body)
        file.flush()
        script = str(Path(__file__).with_name("post.lua"))
        command = [str(_WRK), "-t1", f"-c{CONNECTIONS}", f"-d{_SECONDS}s", "-s", script]
        environment = {**os.environ, "BENCH_BODY": file.name}
        answer = subprocess.run(
            [*command, f"http://127.0.0.1:{port}{PATH}"], env=environment, stdout=subprocess.PIPE, text=True, check=True
        ).stdout
    line = next(line for line in answer.splitlines() if line.startswith("RESULT"))
    requests, duration, p50, p99, failed = (int(part) for part in line.split()[1:])
    _expect(not failed)
    return Load(requests / duration * 1e6, p50 / 1e3, p99 / 1e3)


async def _from_here(port: int, body: bytes) -> Load:
    took: list[float] = []
    start = perf_counter()
    await asyncio.gather(*(_connection(port, body, took) for _ in range(CONNECTIONS)))
    hundredths = quantiles(took, n=100)
    return Load(len(took) / (perf_counter() - start), hundredths[49] * 1e3, hundredths[98] * 1e3)


async def _connection(port: int, body: bytes, took: list[float]) -> None:
    head = ["Host: 127.0.0.1", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    request = "\r\n".join([f"POST {PATH} HTTP/1.1", *head, "", ""]).encode() + body
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(_REQUESTS // CONNECTIONS):
        start = perf_counter()
        writer.write(request)
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        _expect(answer.startswith(b"http/1.1 200 "))
        await reader.readexactly(int(answer.partition(b"content-length:")[2].split(b"\r\n")[0]))
        took.append(perf_counter() - start)
    writer.close()
    await writer.wait_closed()


def _expect(success: bool) -> None:  # noqa: FBT001
    if not success:
        message = "the service refused a request: nothing was measured"
        raise RuntimeError(message)
