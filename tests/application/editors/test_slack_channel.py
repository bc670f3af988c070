"""In a Slack channel an editor works before their own eyes alone, and hears later in their own messages."""

import pytest

from tests.application.conftest import SLACK_EDITOR, Bench
from tests.application.editors.desk import SlackDesk, read, told
from tests.fakes.slack import CHANNEL
from tests.fakes.slack.world import Message


@pytest.fixture
def desk(bench: Bench) -> SlackDesk:
    return SlackDesk(bench)


def cards(desk: SlackDesk) -> list[Message]:
    return [m for m in desk.bench.slack.sent(CHANNEL) if "draft:" in str(m.blocks)]


async def command(desk: SlackDesk, line: str) -> Message:
    """A slash command in the channel; the newest card that comes of it."""
    before = len(cards(desk))
    await desk.bench.slack.slash(CHANNEL, SLACK_EDITOR, f"/kawalis {line}")
    await desk.until(lambda: len(cards(desk)) > before and "approve" in str(cards(desk)[-1].blocks))
    return cards(desk)[-1]


async def press(desk: SlackDesk, card: Message, verb: str) -> None:
    found = [e["value"] for b in card.blocks if b["type"] == "actions" for e in b["elements"]]
    before = card.edited
    await desk.bench.slack.press(
        card.ts, next(v for v in found if v.split(":")[2] == verb), user=SLACK_EDITOR
    )
    await desk.until(lambda: card.edited > before)


def public(desk: SlackDesk) -> list[Message]:
    """What everybody in the channel sees."""
    return [m for m in desk.bench.slack.sent(CHANNEL) if m.seen_by is None]


async def test_the_draft_is_seen_by_its_editor_alone(desk: SlackDesk) -> None:
    """The draft, its card and every change of it are shown to the editor alone; the post, its correction and the
    answer are the channel's.
    """
    card = await command(desk, f"broadcast <#{CHANNEL}|news>")
    assert public(desk) == []
    assert {m.seen_by for m in desk.bench.slack.sent(CHANNEL)} == {SLACK_EDITOR}
    await press(desk, card, "approve")
    await desk.bench.pump()
    [post] = public(desk)
    assert "كواليس" in read(post.blocks)
    desk.bench.clock.forward(minutes=5)
    await press(desk, await command(desk, f"correct <#{CHANNEL}|news> سقط اسم المصدر"), "approve")
    await desk.bench.pump()
    assert post.edited == 1
    answer = public(desk)[-1]
    assert answer.thread_ts == post.ts
    assert "سقط اسم المصدر" in read(answer.blocks)
    assert desk.bench.slack.refused == []


async def test_what_is_told_later_is_told_to_the_editor(desk: SlackDesk) -> None:
    """A post that was drafted in the channel itself: at its hour, and when it fails, its editor hears it in their own
    messages, and the channel sees nothing but the post.
    """
    await press(desk, await command(desk, f"broadcast <#{CHANNEL}|news> 15:00"), "approve")
    assert "حان موعد مسودة #news" in await told(desk, minutes=180)
    assert len(public(desk)) == 1
    desk.bench.clock.forward(minutes=1)
    await press(desk, await command(desk, f"broadcast <#{CHANNEL}|news> 10d"), "approve")
    desk.dismiss()
    await desk.bench.pump()
    assert "لم يصل المنشور إلى #news" in await told(desk)
    assert len(public(desk)) == 1
