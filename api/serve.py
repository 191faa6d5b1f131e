"""`champion-api`: the service on uvicorn, on the loopback address unless told otherwise."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from typing import Any

import click
import uvicorn

from api.app import RULES
from api.bounds import CONNECTIONS, ROWS, SCREENINGS, SECONDS, UPLOAD_LIMIT, WRITTEN
from api.guard import ALLOWED_HOSTS, LOOPBACK, PREFIX, ROOT_PATH
from api.pages.kept_lists import LISTS, new_root


def _path(_ctx: click.Context, _option: click.Parameter, path: str) -> str:
    path = path.rstrip("/")
    if path and not PREFIX.fullmatch(path):
        message = "a path such as /champion"
        raise click.BadParameter(message)
    return path


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    envvar="CHAMPION_HOST",
    show_envvar=True,
    help="Address to listen on.",
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    envvar="CHAMPION_PORT",
    show_envvar=True,
    help="Port to listen on.",
)
@click.option(
    "--allowed-hosts",
    default="",
    envvar=ALLOWED_HOSTS,
    show_envvar=True,
    metavar="NAME,…",
    help="Names by which the service may be asked for besides localhost; needed with a --host that others can reach.",
)
@click.option(
    "--root-path",
    default="",
    callback=_path,
    envvar=ROOT_PATH,
    show_envvar=True,
    metavar="/PATH",
    help="Path under which a proxy has the service, if it sends no X-Forwarded-Prefix.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    envvar="CHAMPION_WORKERS",
    show_envvar=True,
    help="Processes to run.",
)
@click.option(
    "--access-log/--no-access-log",
    default=False,
    envvar="CHAMPION_ACCESS_LOG",
    show_envvar=True,
    help="Write a line for each request.",
)
@click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False),
    envvar=RULES,
    show_envvar=True,
    help="Folder of rules to use instead of the shipped one.",
)
@click.option(
    "--upload-limit",
    type=click.FloatRange(0.001, 1000),
    default=20,
    show_default=True,
    envvar=UPLOAD_LIMIT,
    show_envvar=True,
    help="Megabytes that a file to be screened, or a batch of profiles, may have.",
)
@click.option(
    "--screenings",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    envvar=SCREENINGS,
    show_envvar=True,
    help="Files that each process screens at once, and batches of profiles that it decides at once.",
)
@click.option(
    "--rows",
    type=click.IntRange(1),
    default=200_000,
    show_default=True,
    envvar=ROWS,
    show_envvar=True,
    help="Rows that a file to be screened may have, and profiles that a batch may have.",
)
@click.option(
    "--written",
    type=click.FloatRange(0.001, 100_000),
    default=1000,
    show_default=True,
    envvar=WRITTEN,
    show_envvar=True,
    help="Megabytes that a screening may write to the disk, its answer among them.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 86_400),
    default=120,
    show_default=True,
    envvar=SECONDS,
    show_envvar=True,
    help="Seconds that a screening or a batch may take.",
)
@click.option(
    "--connections",
    type=click.IntRange(1, 100_000),
    default=500,
    show_default=True,
    envvar=CONNECTIONS,
    show_envvar=True,
    help="Connections that each process keeps; beyond that the one that has waited longest is closed.",
)
def main(  # noqa: PLR0913 an argument an option
    *,
    host: str,
    port: int,
    allowed_hosts: str,
    root_path: str,
    workers: int,
    access_log: bool,
    rules: str | None,
    upload_limit: float,
    screenings: int,
    rows: int,
    written: float,
    seconds: float,
    connections: int,
) -> None:
    """Serve pages for a browser and assessments over HTTP; interactive documentation is at /docs."""
    if host not in LOOPBACK and not allowed_hosts.strip(" ,"):
        message = f"others can reach {host}: name the hosts by which they may, as in --allowed-hosts champion.example"
        raise click.UsageError(message)
    # each worker makes the service anew, from the environment
    set_by: dict[str, Any] = {
        UPLOAD_LIMIT: upload_limit,
        SCREENINGS: screenings,
        ROWS: rows,
        WRITTEN: written,
        SECONDS: seconds,
    }
    lists = new_root()
    set_by |= {CONNECTIONS: connections, ALLOWED_HOSTS: allowed_hosts, ROOT_PATH: root_path, LISTS: lists}
    os.environ |= {name: str(value) for name, value in set_by.items()}
    if rules is not None:
        os.environ[RULES] = rules
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # a server that has ended sends it to itself once more
    try:
        uvicorn.run(
            "api.app:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            access_log=access_log,
            server_header=False,
            http="api.protocol:BoundedHttp",
            ws="none",
            timeout_keep_alive=30,
            timeout_graceful_shutdown=5,
        )
    finally:
        shutil.rmtree(lists, ignore_errors=True)
