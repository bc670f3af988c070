"""A language model behind an OpenAI-compatible endpoint (`POST …/chat/completions`), through httpx.

The operator sets the address, so it may be a local one: the address guard is for addresses from outside. Whatever
goes wrong is a value, since every caller has an extractive brief to fall back on. The key goes into one header and
nowhere else.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

MOST_BYTES = 200_000
MOST_TOKENS = 700  # of an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the model wrote, and how many tokens it took, asked and answered together."""

    text: str
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """Why there is none: timeout, unreachable, refused (4xx), failed (5xx), limited (429), not_understood,
    too_large. `again` tells whether one more try may help.
    """

    code: str
    again: bool = False


class Model:
    """One model. Opened once, closed with the service."""

    def __init__(self, *, url: str, model: str, key: str | None, timeout_seconds: float) -> None:
        self._url = url.rstrip("/") + "/chat/completions"
        self._model = model
        self._seconds = timeout_seconds
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.AsyncClient(headers=headers, timeout=timeout_seconds, trust_env=False)

    @property
    def name(self) -> str:
        return self._model

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def ask(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]
    ) -> Answer | NoAnswer:
        """One answer to `messages`, asked for in the form of `schema`. The time-out is total."""
        body = {
            "model": self._model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }
        try:
            async with asyncio.timeout(self._seconds):
                return await self._post(body)
        except (TimeoutError, httpx.TimeoutException):
            return NoAnswer(code="timeout")
        except httpx.HTTPError:
            return NoAnswer(code="unreachable", again=True)

    async def _post(self, body: Mapping[str, Any]) -> Answer | NoAnswer:
        async with self._client.stream("POST", self._url, json=body) as response:
            received = b""
            async for chunk in response.aiter_bytes():
                received += chunk
                if len(received) > MOST_BYTES:
                    return NoAnswer(code="too_large")
        if response.status_code == 429:
            return NoAnswer(code="limited")
        if response.status_code >= 500:
            return NoAnswer(code="failed", again=True)
        if response.status_code != 200:
            return NoAnswer(code="refused")
        return _understood(httpx.Response(200, content=received))


def _understood(response: httpx.Response) -> Answer | NoAnswer:
    try:
        value = response.json()
        text = value["choices"][0]["message"]["content"]
        used = value.get("usage") or {}
        tokens = int(used.get("total_tokens") or 0)
    except (ValueError, KeyError, IndexError, TypeError):
        return NoAnswer(code="not_understood", again=True)
    if not isinstance(text, str):
        return NoAnswer(code="not_understood", again=True)
    return Answer(text=text, tokens=tokens or len(text) // 2)
