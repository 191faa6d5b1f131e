"""The peer of the service: FastAPI validates the same profile with the same model and sends it back."""

from typing import Any

import orjson
from fastapi import FastAPI, Response

from engine import profile_reader, shipped

Profile = profile_reader(shipped().vocabulary).model


def create_app() -> FastAPI:
    """Give the service, with one path."""
    app = FastAPI()

    @app.post("/v1/assessments")
    async def echo(profile: Profile) -> Response:  # type: ignore[valid-type]
        stated = profile.model_dump(exclude_none=True)  # type: ignore[attr-defined]
        return Response(orjson.dumps(stated, default=_plain), media_type="application/json")

    return app


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else float(value)
