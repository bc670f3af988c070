"""Briefs kept ready."""

from datetime import timedelta

import pytest

from bot.briefing import MOST_STORIES
from storage.chat_keys import ChatKey
from storage.chats import Mute
from summaries.types import Brief
from tests.application.arriving import SETTLEMENTS, arrive
from tests.application.conftest import Bench

CHAT = ChatKey(platform="terminal", bot="terminal", chat="c")


def told(brief: Brief) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(s.id, s.state.value, tuple(r.code for r in s.reasons)) for s in brief.stories]


async def test_what_is_prepared_is_told_as_if_composed_for_the_chat(bench: Bench) -> None:
    """Story for story, state for state, reason for reason, the first time and the next ones."""
    services = bench.application.services
    length, topic, now = services.briefing.default_window, services.default_topic, bench.clock()
    for _ in range(3):
        composed, seen = await services.briefing.compose(topic, now, length, CHAT.text)
        ready, again = await services.prepared.compose(topic, now, length, CHAT.text)
        assert told(ready) == told(composed)
        assert len(ready.stories) <= MOST_STORIES
        assert seen == again
        await services.prepared.brief(topic, now, length, chat=CHAT.text)


async def test_what_is_ready_is_not_composed_again_until_it_is_old(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within its freshness a brief costs no composing; after it, what came meanwhile is told."""
    services = bench.application.services
    length, topic = services.briefing.default_window, services.default_topic
    await services.prepared.ready(topic, bench.clock(), length)
    composed: list[object] = []
    real = services.briefing.compose

    async def counted(*given: object, **more: object) -> object:
        composed.append(given)
        return await real(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(services.briefing, "compose", counted)
    await services.prepared.brief(topic, bench.clock.forward(minutes=9), length, chat=CHAT.text)
    assert composed == []
    await arrive(bench, bench.clock.forward(minutes=2), ("dar", *SETTLEMENTS))
    fresh = await services.prepared.ready(topic, bench.clock.forward(minutes=1), length)
    assert len(composed) == 1
    assert SETTLEMENTS[0] in [story.headline for story in fresh.stories]


@pytest.mark.parametrize("kind", ["story", "outlet", "name"])
async def test_what_a_chat_muted_is_left_out(bench: Bench, kind: str) -> None:
    """A muted story, a story of muted outlets alone, a story with a muted word: gone here, and nowhere else."""
    await arrive(bench, bench.clock.forward(minutes=5), ("dar", *SETTLEMENTS))
    services = bench.application.services
    length, topic, now = timedelta(hours=1), services.default_topic, bench.clock.forward(minutes=1)
    [story] = (await services.prepared.ready(topic, now, length)).stories
    value = {"story": str(story.id), "outlet": "dar", "name": "استيطانيه"}[kind]
    async with services.database.unit() as unit:
        await unit.chats.mute(Mute(chat=CHAT, kind=kind, value=value, created=now))
        await unit.commit()
    assert (await services.prepared.compose(topic, now, length, CHAT.text))[0].stories == ()
    other = "terminal:terminal:other:"
    assert (await services.prepared.compose(topic, now, length, other))[0].stories != ()
