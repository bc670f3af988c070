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

from summaries.harmless import harmless

MOST_BYTES = 200_000
MOST_TOKENS = 700  # of an answer
# What not every endpoint takes, and what is sent in its place, one step after the other: the newer models of OpenAI
# have another name for the length and no temperature, others know no schema (DeepSeek) or no form of the answer at all.
_INSTEAD: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "max_tokens": ({"max_completion_tokens": MOST_TOKENS},),
    "temperature": ({},),
    "response_format": ({"response_format": {"type": "json_object"}}, {}),
}
_NOT_TAKEN = (400, 422)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the model wrote, and how many tokens it took, asked and answered together."""

    text: str
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """Why there is none: timeout, unreachable, refused (4xx), failed (5xx), limited (429), not_understood,
    too_large. `again` tells whether one more try may help; `status` is HTTP's, 0 where nothing was answered.
    """

    code: str
    again: bool = False
    status: int = 0


class Model:
    """One model. Opened once, closed with the service."""

    def __init__(self, *, url: str, model: str, key: str | None, timeout_seconds: float) -> None:
        self._url = url.rstrip("/") + "/chat/completions"
        self._model = model
        self._seconds = timeout_seconds
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.AsyncClient(headers=headers, timeout=timeout_seconds, trust_env=False)
        self._steps = dict.fromkeys(_INSTEAD, 0)  # how far each part of `_INSTEAD` was gone; learned once

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
        """One answer to `messages`, asked for in the form of `schema`. The time-out is total. Where the endpoint names
        a part of the request that it does not take, the question is put without it at once, and so from then on.
        """
        question = {"model": self._model, "messages": list(messages)}
        parts: dict[str, Any] = {
            "max_tokens": MOST_TOKENS,
            "temperature": 0,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }
        try:
            async with asyncio.timeout(self._seconds):
                while True:
                    response = await self._post({**question, **self._taken(parts)})
                    if response is None:
                        return NoAnswer(code="too_large")
                    if response.status_code not in _NOT_TAKEN or not self._learn(response.text):
                        return _judged(response)
        except (TimeoutError, httpx.TimeoutException):
            return NoAnswer(code="timeout")
        except httpx.HTTPError:
            return NoAnswer(code="unreachable", again=True)

    async def _post(self, body: Mapping[str, Any]) -> httpx.Response | None:
        """The whole response; None where it is too large."""
        async with self._client.stream("POST", self._url, json=body) as response:
            received = b""
            async for chunk in response.aiter_bytes():
                received += chunk
                if len(received) > MOST_BYTES:
                    return None
        return httpx.Response(response.status_code, content=received)

    def _taken(self, parts: Mapping[str, Any]) -> dict[str, Any]:
        taken: dict[str, Any] = {}
        for name, value in parts.items():
            step = self._steps[name]
            taken |= _INSTEAD[name][step - 1] if step else {name: value}
        return taken

    def _learn(self, refusal: str) -> bool:
        """Whether the refusal names a part for which there is another way. It is the sentence that is read: its form
        is another with each endpoint.
        """
        named = next(
            (name for name in _INSTEAD if name in refusal and self._steps[name] < len(_INSTEAD[name])), None
        )
        if named is None:
            return False
        self._steps[named] += 1
        return True


def _judged(response: httpx.Response) -> Answer | NoAnswer:
    status = response.status_code
    if status == 200:
        return _understood(response)
    code = "limited" if status == 429 else "failed" if status >= 500 else "refused"
    return NoAnswer(code=code, again=status >= 500, status=status)


def _understood(response: httpx.Response) -> Answer | NoAnswer:
    try:
        value = response.json()
        text = value["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return NoAnswer(code="not_understood", again=True)
    if not isinstance(text, str):
        return NoAnswer(code="not_understood", again=True)
    return Answer(text=harmless(text), tokens=_tokens(value.get("usage")) or len(text) // 2)


def _tokens(usage: Any) -> int:
    """How many were used, as the endpoint says; 0 where it does not."""
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and 0 < total < MOST_BYTES else 0
