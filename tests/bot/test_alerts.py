"""When a chat is alerted, and when it is left in peace."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.alerts import batch_since, day_start, is_breaking, timing
from storage.chats import Chat
from summaries.types import ArticleId, BriefStory, Member, Origin, OriginKind, State, StoryId

NOON = datetime(2024, 3, 28, 12, tzinfo=UTC)


def chat(
    start: int | None = None, end: int | None = None, mode: str | None = None, zone: str = "Asia/Riyadh"
) -> Chat:
    return Chat(
        platform="telegram", bot="1", chat="2", zone=zone, quiet_from=start, quiet_to=end, quiet_mode=mode
    )


def test_hours_that_begin_and_end_together_silence_nobody() -> None:
    """Equal hours are no quiet hours, instead of quiet for ever."""
    assert timing(chat(480, 480), NOON, critical=False).send


@pytest.mark.parametrize(
    ("mode", "critical", "send", "silent", "waits"),
    [
        ("hold", False, True, False, True),
        ("hold", True, True, False, True),
        ("critical", True, True, True, False),
        ("critical", False, True, False, True),
        ("batch", True, False, False, False),
    ],
)
def test_the_three_modes(mode: str, critical: bool, send: bool, silent: bool, waits: bool) -> None:
    """Hold waits; critical lets breaking news through without a sound; batch leaves it to the morning's message."""
    found = timing(chat(14 * 60, 16 * 60, mode), NOON, critical=critical)
    assert (found.send, found.silent, found.not_before is not None) == (send, silent, waits)


def test_a_gathering_chat_is_told_when_it_wakes() -> None:
    """Just after the quiet hours, and only then, the time since they began is looked through."""
    gathering = chat(9 * 60, 15 * 60, "batch")
    assert batch_since(gathering, NOON + timedelta(minutes=3), timedelta(minutes=15)) == datetime(
        2024, 3, 28, 6, tzinfo=UTC
    )
    assert batch_since(gathering, NOON + timedelta(hours=2), timedelta(minutes=15)) is None
    assert batch_since(gathering, NOON - timedelta(hours=1), timedelta(minutes=15)) is None


def test_the_day_of_the_cap_is_the_chats_own() -> None:
    """In Riyadh a new day begins at 21:00 UTC."""
    assert day_start(chat(), datetime(2024, 3, 28, 22, tzinfo=UTC)) == datetime(2024, 3, 28, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kinds", "hours", "breaking"),
    [
        (["agency"], 1, False),
        (["agency", "outlet"], 1, True),
        (["agency", "unknown"], 1, False),
        (["official"], 1, True),
        (["agency", "outlet"], 7, False),
        ([], 1, False),
    ],
)
def test_what_is_breaking(kinds: list[str], hours: int, breaking: bool) -> None:
    """Two known origins or an official one, first reported in the last hours."""
    published = NOON - timedelta(hours=hours)
    story = BriefStory(
        id=StoryId("s"), headline="h", headline_article=ArticleId("a"), state=State.NEW,
        members=(Member(article=ArticleId("a"), outlet="o", title="t", url="", published=published),),
        origins=tuple(Origin(name=f"{n}{k}", kind=OriginKind(k)) for n, k in enumerate(kinds)), sentences=(), quotes=(),
    )  # fmt: skip
    assert is_breaking(story, NOON) is breaking
