"""`champion-api`: the service on uvicorn, on the loopback address unless told otherwise."""

from __future__ import annotations

import click
import uvicorn


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--host", default="127.0.0.1", show_default=True, envvar="CHAMPION_HOST", help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    envvar="CHAMPION_PORT",
    help="Port to listen on.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    envvar="CHAMPION_WORKERS",
    help="Processes to run.",
)
@click.option(
    "--access-log/--no-access-log", default=False, envvar="CHAMPION_ACCESS_LOG", help="Write a line for each request."
)
def main(host: str, port: int, workers: int, *, access_log: bool) -> None:
    """Serve assessments over HTTP; interactive documentation is at /docs."""
    uvicorn.run(
        "api.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=access_log,
        server_header=False,
        h11_max_incomplete_event_size=65_536,
        timeout_keep_alive=30,
    )
