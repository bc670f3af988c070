"""The buttons of a story. An action is `story:ID:LOOK`, `follow:ID`, `mute:ID` or `why:ID`; a deep link carries
`story_ID` or `topic_ID`.
"""

from collections.abc import Sequence

from adapters.chat.message import Button, Buttons
from bot.texts import Texts
from summaries.types import BriefStory, StoryId, TopicId

IN_A_ROW = 4


def channel_buttons(stories: Sequence[BriefStory], topic: TopicId, texts: Texts) -> Buttons:
    """Below a broadcast: each story's card, opened in the reader's own chat, and a digest of the topic for them. In a
    channel whose platform has no such links, the card answers below the post.
    """
    cards = [
        Button(label=texts("button.more", place=place), action=f"story:{story.id}:more", start=f"story_{story.id}")
        for place, story in enumerate(stories, 1)
    ]  # fmt: skip
    rows = [tuple(cards[at : at + IN_A_ROW]) for at in range(0, len(cards), IN_A_ROW)]
    return Buttons(rows=(*rows, (own_digest(topic, texts),)))


def own_digest(topic: TopicId, texts: Texts) -> Button:
    """The way to a digest of one's own, where a platform has deep links."""
    return Button(label=texts("button.own_digest"), start=f"topic_{topic}")


def own_card(story: StoryId, texts: Texts) -> Buttons:
    """The way to a story's card in one's own chat, where a platform has deep links."""
    return Buttons(rows=((Button(label=texts("button.own_card"), start=f"story_{story}"),),))


def story_buttons(story: BriefStory, texts: Texts, *, without: str = "") -> Buttons:
    """Everything that can be asked of one story, in two rows; `without` is the look that is open."""
    looks = tuple(
        Button(label=texts(f"look.{look}"), action=f"story:{story.id}:{look}")
        for look in ("more", "who", "sources", "timeline")
        if look != without
    )
    acts = (
        Button(label=texts("look.follow"), action=f"follow:{story.id}"),
        Button(label=texts("look.mute"), action=f"mute:{story.id}"),
        Button(label=texts("look.why"), action=f"why:{story.id}"),
    )
    return Buttons(rows=(looks, acts))
