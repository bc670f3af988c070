"""What a chat follows, in words."""

from collections.abc import Mapping

from bot.texts import Texts
from storage.chats import Follow
from summaries.topic import Topic
from summaries.types import TopicId


def follow_name(item: Follow, title: str | None, topics: Mapping[TopicId, Topic], texts: Texts) -> str:
    """`title` is that of a followed story, where it is still kept."""
    if item.kind == "breaking":
        topic = topics.get(TopicId(item.value))
        return texts("follow.kind.breaking", what=topic.name(texts.language) if topic else item.value)
    return texts(f"follow.kind.{item.kind}", what=title or item.value)
