"""Slack's v0 request signature."""

import hashlib
import hmac
import time


def signed(secret: str, body: bytes, *, at: float | None = None) -> dict[str, str]:
    """The headers of a request from Slack with this body."""
    stamp = str(int(time.time() if at is None else at))
    base = b"v0:" + stamp.encode() + b":" + body
    mark = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mark}"}
