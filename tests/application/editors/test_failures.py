"""A post that does not get through: its editor is told why and what to do, and nothing of their work is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.broadcasting.arriving import Arrival
from storage.outbox import Mark
from tests.application.conftest import Bench
from tests.application.editors.desk import BOT, NEWS, Desk, briefs, desk_of, pressed, sent, told, typed
from tests.fakes.slack import CHANNEL, TEAM

Break = Callable[[Bench], object]

REFUSALS: dict[str, tuple[str, Break, str]] = {
    "telegram: taken out": ("telegram", lambda b: b.telegram.world.chats[NEWS].members.pop(BOT), "أُخرج البوت من @news"),
    "telegram: no right": (
        "telegram", lambda b: b.telegram.make_member(NEWS, BOT, "administrator", can_post_messages=False),
        "لا يملك البوت حق النشر في @news",
    ),
    "telegram: no channel": ("telegram", lambda b: b.telegram.world.chats.pop(NEWS), "لا نجد @news"),
    "slack: taken out": ("slack", lambda b: _channel(b, member=False), "البوت ليس في #news"),
    "slack: archived": ("slack", lambda b: _channel(b, archived=True), "القناة #news مؤرشفة"),
    "slack: restricted": ("slack", lambda b: _channel(b, admins_post=True), "لا يُسمح للتطبيق بالنشر في #news"),
    "slack: no scope": ("slack", lambda b: b.slack.fail_next("chat.postMessage", "missing_scope"), "ينقص التطبيق إذن"),
    "slack: refused": ("slack", lambda b: b.slack.fail_next("chat.postMessage", "msg_too_long"), "msg_too_long"),
}  # fmt: skip


def _mend(bench: Bench) -> None:
    """Everything that the cases above broke is as it was."""
    telegram = bench.telegram
    if NEWS not in telegram.world.chats:
        telegram.add_chat(NEWS, "channel", username="news")
    telegram.make_member(NEWS, BOT, "administrator", can_post_messages=True)
    _channel(bench, member=True, archived=False, admins_post=False)


def _channel(bench: Bench, **state: bool) -> None:
    for name, value in state.items():
        setattr(bench.slack.world.channels[CHANNEL], name, value)


async def approved(desk: Desk) -> None:
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await pressed(desk, "approve", "نُشرت في")


@pytest.mark.parametrize("case", REFUSALS)
async def test_an_editor_is_told_why_a_post_did_not_get_through(bench: Bench, case: str) -> None:
    """Refused after it was approved: one message with the reason, the draft is a draft again, and approved anew it
    is posted once.
    """
    platform, breaks, why = REFUSALS[case]
    desk = desk_of(platform, bench)
    await approved(desk)
    breaks(bench)
    await bench.pump()
    said = await told(desk)
    assert f"لم يصل المنشور إلى {desk.name}" in said
    assert why in said
    assert "المسودة محفوظة" in said
    assert await told(desk) == ""
    _mend(bench)
    if case == "telegram: no channel":
        desk.let_in(desk.editor)
    bench.clock.forward(minutes=1)
    await pressed(desk, "show", "مسودة للنشر")
    await pressed(desk, "approve", "نُشرت في")
    assert briefs(await sent(desk)) == 1
    assert await told(desk) == ""
    record = await typed(desk, "/editors @news", "آخر ما جرى")
    assert "لم يصل ما نشره" in record


async def test_what_the_channel_saw_is_only_what_arrived(desk: Desk) -> None:
    """The readers have seen nothing of a post that did not get through: refreshed, its stories are still news."""
    await approved(desk)
    before = "".join(shown.text for shown in desk.seen())
    desk.dismiss()
    await desk.bench.pump()
    await told(desk)
    desk.admit()
    await pressed(desk, "show", "مسودة للنشر")
    fresh = await pressed(desk, "refresh", "مسودة للنشر")
    assert fresh.count("(جديد)") == before.count("(جديد)") > 0


async def test_the_rest_of_a_post_is_sent_without_repeating_what_is_there(bench: Bench) -> None:
    """The bot is taken out between two messages of a post: the editor is told how much arrived, and has the rest sent
    when that is mended. (A brief is one message in Slack, where messages hold more.)
    """
    desk = desk_of("telegram", bench)
    await approved(desk)
    assert await bench.application.drain() == 1
    desk.dismiss()
    await bench.pump()
    said = await told(desk)
    assert "لم يصل إلى @news إلا بعض المنشور (وصل 1 من 3)" in said
    assert "أُخرج البوت من @news" in said
    await pressed(desk, "resume", "لا نجد @news")
    desk.admit()
    await pressed(desk, "resume", "يُرسل الآن إلى @news ما بقي")
    posts = await sent(desk)
    assert (len(posts), briefs(posts)) == (3, 1)
    assert await told(desk) == ""
    await pressed(desk, "resume", "لم يبقَ من هذا المنشور ما يُرسل")
    assert await sent(desk) == posts


async def test_where_nobody_knows_whether_it_arrived_the_editor_looks(desk: Desk) -> None:
    """A send that is held since its answer was lost is not repeated by us; the editor looks, and may have it sent."""
    await approved(desk)
    bot = str(BOT) if desk.platform == "telegram" else TEAM
    async with desk.bench.application.kernel.database.unit() as unit:
        [row, *_] = await unit.outbox.claim({(desk.platform, bot): 1}, owner="w", now=desk.bench.clock())
        await unit.outbox.mark(
            [Mark(id=row.id, state="held", error="lost")], owner="w", now=desk.bench.clock()
        )
        await unit.commit()
    assert "ولا نعلم هل وصل المنشور" in await told(desk)
    assert await sent(desk) == []
    await pressed(desk, "resume", "يُرسل الآن")
    assert briefs(await sent(desk)) == 1


async def test_a_post_that_waits_long_is_said_to_wait(desk: Desk) -> None:
    """A quarter of an hour after the approval the editor hears, once, that we go on trying, and posts it no second
    time themselves.
    """
    await approved(desk)
    clock, arrival = desk.bench.clock, Arrival(desk.bench.application.services)
    assert await arrival.tick(clock.forward(minutes=14)) == 0
    assert await arrival.tick(clock.forward(minutes=1)) == 1
    assert await arrival.tick(clock.forward(minutes=1)) == 1
    posts = await sent(desk)
    assert briefs(posts) == 1
    assert sum("لم يصل المنشور إلى" in shown.text for shown in desk.seen()) == 1


async def test_a_correction_of_a_post_that_somebody_deleted(desk: Desk) -> None:
    """What stands no more cannot be edited: the editor is told so, and the answer is not sent either."""
    await approved(desk)
    posts = await sent(desk)
    desk.bench.clock.forward(minutes=5)
    await typed(desk, "/correct @news سقط اسم المصدر", "تصحيح لما نُشر")
    gone = {post.id for post in posts}
    telegram, slack = desk.bench.telegram.world, desk.bench.slack.world
    telegram.sent = [m for m in telegram.sent if str(m.id) not in gone]
    slack.messages = [m for m in slack.messages if m.ts not in gone]
    await pressed(desk, "approve", "نُشرت في")
    await desk.bench.pump()
    said = await told(desk)
    assert "حُذف المنشور الأصلي" in said
    assert "من جديد بعد إصلاح ذلك" not in said, "it cannot be mended"
    assert f"broadcast {desk.name}" in said
    assert await sent(desk) == []
    assert await told(desk, minutes=30) == ""
    assert await sent(desk) == []


async def test_what_is_old_is_looked_after_no_more(desk: Desk) -> None:
    """After three days nothing more is said of a post."""
    await approved(desk)
    desk.dismiss()
    await desk.bench.pump()
    arrival = Arrival(desk.bench.application.services)
    assert await arrival.tick(desk.bench.clock() + timedelta(days=4)) == 0


async def test_an_english_editor_is_told_in_english(bench: Bench) -> None:
    """The language is the editor's own, whatever the post is written in."""
    desk = desk_of("slack", bench, "en")
    await typed(desk, "/broadcast @news ar", "Nothing is posted before you approve")
    await pressed(desk, "approve", "Posted")
    desk.dismiss()
    await bench.pump()
    said = await told(desk)
    assert "The post did not get through to #news. The bot is not in #news." in said
