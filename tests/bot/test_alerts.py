"""What is worth an alert, and how many there may be."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.alerts import batch_since, day_start, is_breaking
from storage.chats import Chat
from summaries.types import ArticleId, BriefStory, Member, Origin, OriginKind, State, StoryId

NOON = datetime(2024, 3, 28, 12, tzinfo=UTC)


def chat(
    start: int | None = None, end: int | None = None, mode: str | None = None, zone: str = "Asia/Riyadh"
) -> Chat:
    return Chat(
        platform="telegram", bot="1", chat="2", zone=zone, quiet_from=start, quiet_to=end, quiet_mode=mode
    )


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
