"""The one-time token behind the `#` of the desk's address, exchanged for the cookie of this run."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline.desk import guard

DELAY_S = 0.5
"""What a wrong token costs: guessing is hopeless, and so is filling the log with it."""


async def exchange(request: Request) -> Response:
    """204 and the cookie for a good token, 403 for any other."""
    try:
        token = str((await request.json())["token"])
    except (ValueError, KeyError, TypeError):
        return JSONResponse({}, 400)
    keys: guard.Keys = request.app.state.keys
    if not keys.exchange(token):
        await asyncio.sleep(DELAY_S)
        return JSONResponse({}, 403)
    answer = Response(status_code=204)
    name = guard.cookie_name(request.app.state.port)
    answer.set_cookie(name, keys.session, path="/", httponly=True, samesite="strict")
    return answer
