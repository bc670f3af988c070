"""`/why`: the rule that held an article back, as the brief itself applies it, or its place and the reasons."""

from datetime import timedelta

from tests.application.arriving import SETTLEMENTS, SHIPMENT, arrive
from tests.application.conftest import Bench

OTHER = (
    "ارتفاع أسعار القمح في الأسواق العالمية بعد موجة جفاف",
    "ارتفعت أسعار القمح في الأسواق العالمية بعد موجة جفاف أصابت كبرى الدول المنتجة. "
    "وقال تجار إن المخزونات تكفي لأشهر.",
)


async def why(bench: Bench, asked: str) -> str:
    return str((await bench.ask(f"why {asked}")).messages[0].blocks)


async def test_each_rule_is_named(bench: Bench) -> None:
    """What is not about the topic, what is older than the brief, and what is told are told apart."""
    at = bench.clock.forward(minutes=1)
    [wheat] = await arrive(bench, at, ("wheat", *OTHER))
    assert "ليس عن الموضوع" in await why(bench, wheat)
    [old] = await arrive(bench, at - timedelta(days=12), ("old", *SHIPMENT))
    assert "نُشر خارج مدته" in await why(bench, old)


async def test_what_came_after_the_brief_was_made_is_in_the_next(bench: Bench) -> None:
    """A brief is kept ready for some minutes: a newer article is said to come, not to be held back."""
    await bench.ask("brief")
    [new] = await arrive(bench, bench.clock.forward(minutes=2), ("dar", *SETTLEMENTS))
    assert "سيدخل الموجز التالي" in await why(bench, f"https://dar.example/{bench.clock():%H%M}")
    bench.clock.forward(minutes=15)
    assert "في الموجز، وترتيبه هنا" in await why(bench, new)
    await bench.ask("brief")
    assert "عُرض عليكم من قبل" in await why(bench, new)


async def test_a_muted_story_is_said_to_be_muted(bench: Bench) -> None:
    """What the chat itself took out is not put down to us."""
    [new] = await arrive(bench, bench.clock.forward(minutes=1), ("dar", *SETTLEMENTS))
    bench.clock.forward(minutes=1)
    await bench.ask("mute الاستيطانية")
    assert "لأن هذه المحادثة كتمته" in await why(bench, new)


async def test_what_was_told_makes_room_for_what_was_not(bench: Bench) -> None:
    """A story that was told, and that stories not yet seen have pushed out of the brief, is not said to matter less."""
    await bench.ask("brief 24h")
    stories = (await bench.application.services.prepared.ready(
        bench.application.services.default_topic, bench.clock(), timedelta(days=1)
    )).stories  # fmt: skip
    assert "عُرض عليكم من قبل ولا جديد فيه" in await why(bench, stories[0].id)
    bench.clock.forward(minutes=1)
    await bench.ask("brief")
    assert "عُرض عليكم من قبل ولا جديد فيه" in await why(bench, stories[0].id)
