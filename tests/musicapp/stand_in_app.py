"""A tiny site for granian: it notes its set-up address, as the real one does, and is ready."""

import os
from pathlib import Path
from typing import Any


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    Path(os.environ["MUSICAPP_INSTANCE"], "run", "setup-address").write_text("http://localhost/setup?token=once")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ready"})
