"""What is new since a chat's last brief: which stories, statements and words it was shown.

A story that was merged or whose first article changed its story is found again by its articles, since a story's id is
that of its first article. Words and statements are kept as checksums: what a chat saw can be compared, not read.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from summaries.text import stop_words, tokens
from summaries.types import ArticleId, Brief, BriefStory, State, StoryId, Strength

_SAME = 0.6  # share of a statement's words that another must hold to be the same
_KNOWN = 0.6  # share of a sentence's words that, being known, make it old
_MOST_STORIES = 60  # a chat remembers


@dataclass(frozen=True, slots=True)
class SeenStory:
    """One story as it was shown: checksums of its words, its articles and its statements."""

    words: frozenset[int]
    articles: frozenset[int]
    statements: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a chat's briefs showed, the newest story last."""

    stories: Mapping[StoryId, SeenStory] = field(default_factory=dict)

    def to_json(self) -> str:
        """As text that `from_json` reads."""
        return json.dumps(
            {
                story: [sorted(s.words), sorted(s.articles), [sorted(one) for one in s.statements]]
                for story, s in self.stories.items()
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> "Seen":
        """Raises ValueError where the text is not what `to_json` writes."""
        kept = json.loads(text)
        if not isinstance(kept, dict):
            raise ValueError("not what a chat saw")
        return cls(
            {
                StoryId(story): SeenStory(frozenset(words), frozenset(ids), tuple(map(frozenset, said)))
                for story, (words, ids, said) in kept.items()
            }
        )

    def find(self, story: StoryId, articles: Iterable[ArticleId]) -> SeenStory | None:
        """What was shown of a story, under whatever id: by its own, or by an article they share."""
        if story in self.stories:
            return self.stories[story]
        wanted = {checksum(article) for article in articles}
        return next((seen for seen in reversed(list(self.stories.values())) if seen.articles & wanted), None)


def seen_after(brief: Brief | Iterable[BriefStory], previous: Seen | None) -> Seen:
    """What a chat has seen once it has this brief, or these stories."""
    kept = dict(previous.stories) if previous else {}
    for story in brief.stories if isinstance(brief, Brief) else brief:
        before = previous.find(story.id, (m.article for m in story.members)) if previous else None
        kept.pop(story.id, None)
        kept[story.id] = _shown(story, before)
    return Seen(dict(list(kept.items())[-_MOST_STORIES:]))


def _shown(story: BriefStory, before: SeenStory | None) -> SeenStory:
    words = words_of(story.headline).union(*(words_of(s.text) for s in story.sentences))
    articles = frozenset(checksum(member.article) for member in story.members)
    said = tuple(_statement(quote.text, quote.statement.strength) for quote in story.quotes)
    if before is None:
        return SeenStory(words, articles, said)
    return SeenStory(words | before.words, articles | before.articles, (*before.statements, *said)[-40:])


def words_of(text: str) -> frozenset[int]:
    """The checksums of a text's words that say something of its subject."""
    return frozenset(
        checksum(t.folded.removeprefix("و").removeprefix("ال"))
        for t in tokens(text)
        if t.folded not in stop_words
    )


def checksum(text: str) -> int:
    """A number of 32 bits that stands for a text."""
    return zlib.crc32(text.encode())


_DENIAL = checksum("\0denial")  # no word


def same_statement(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two statements say the same in nearly the same words."""
    return len(one & other) >= _SAME * max(1, min(len(one), len(other)))


def unknown_share(text: str, seen: SeenStory) -> float:
    """The share of a text's words that were not shown before, 0..1."""
    words = words_of(text)
    return len(words - seen.words) / len(words) if words else 0.0


def _is_fresh(text: str, strength: Strength, seen: SeenStory) -> bool:
    """Whether a statement was not shown. The first denial of a story is new though it repeats the claim's words."""
    words, denies = _statement(text, strength), strength is Strength.DENY
    alike = [known for known in seen.statements if (_DENIAL in known) == denies]
    if any(same_statement(words, known) for known in alike):
        return False
    return (denies and not alike) or unknown_share(text, seen) > 1 - _KNOWN


def _statement(text: str, strength: Strength) -> frozenset[int]:
    """A statement's words, and a mark where it denies."""
    return words_of(text) | {_DENIAL} if strength is Strength.DENY else words_of(text)


def state_of(
    seen: SeenStory | None, sentences: Sequence[str], statements: Sequence[tuple[str, Strength]]
) -> State:
    """How a story stands to what was shown of it.

    `denied`: somebody has since denied. `changed`: a sentence or statement is new. What is told in other words
    is not new.
    """
    if seen is None:
        return State.NEW
    fresh = [strength for text, strength in statements if _is_fresh(text, strength, seen)]
    if Strength.DENY in fresh:
        return State.DENIED
    if fresh or any(unknown_share(text, seen) > 1 - _KNOWN for text in sentences):
        return State.CHANGED
    return State.UNCHANGED
