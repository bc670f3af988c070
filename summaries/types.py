"""The content types, in the order in which data passes through them.

`Source -> Entry -> Article -> TopicMatch -> Story -> Brief`

All are frozen. Times are timezone-aware UTC. Offsets count Unicode code points of the article's
`text` exactly as stored, end exclusive: `article.text[span.start:span.end]` is the span.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

SourceId = NewType("SourceId", str)
ArticleId = NewType("ArticleId", str)
StoryId = NewType("StoryId", str)
TopicId = NewType("TopicId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed that is polled, with the card a reader may ask for. `None` means unknown, and is shown so."""

    id: SourceId
    outlet: str
    url: str
    country: str | None = None  # ISO 3166-1 alpha-2
    owner: str | None = None
    kind: str | None = None  # newspaper | broadcaster | agency | website | magazine
    state_funded: bool | None = None
    zone: str = "UTC"  # IANA; the zone of dates that carry none
    enabled: bool = True
    evidence: str | None = None  # why we believe that the address is right
    names: tuple[str, ...] = ()  # how the outlet is written, so that it is never its own origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed lists. `id` is the guid, or is made from link and title where there is none. `text` is what the
    feed itself tells of the article: cleaned, one paragraph a line, without the title. `fingerprint` is a hash of
    all that the feed says of it: another one, and the article should be looked at again.
    """

    source: SourceId
    id: str
    title: str
    link: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    summary: str = ""  # plain text
    text: str = ""
    fingerprint: str = ""


LONGEST_TEXT, LONGEST_TITLE = 100_000, 1_000
"""Code points of an article and a title that are kept: three times the longest read of a newspaper. What is longer
is no article, and would hold up all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The extracted text. `text` does not repeat the title; where it was longer than is kept, it is `cut`."""

    id: ArticleId
    outlet: str
    title: str
    text: str
    url: str = ""  # canonical
    published: datetime | None = None
    collected: datetime | None = None
    source: SourceId | None = None
    revision: int = 1
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something was decided: a key that the interface puts into words, and what fills them.

    >>> Reason(code="relevance.acts_on", values={"actor": "بايدن", "verb": "حذر", "target": "إسرائيل"})
    """

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


class Label(StrEnum):
    """How an article stands to a topic. Briefs use `core`; `touches` is background."""

    CORE = "core"
    TOUCHES = "touches"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMatch:
    topic: TopicId
    label: Label
    score: float  # 0..1, probability that the article is core
    reasons: tuple[Reason, ...] = ()


class OriginKind(StrEnum):
    OUTLET = "outlet"
    AGENCY = "agency"
    OFFICIAL = "official"  # an office that published it itself
    UNKNOWN = "unknown"  # never counts as independent confirmation


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who first reported it. `name` is the gazetteer's canonical name (`Axios`, `Reuters`)."""

    name: str
    kind: OriginKind
    span: Span | None = None  # where the article says so; None where found by comparison
    in_title: bool = False  # then `span` counts in the title
    carrier: bool = False  # it only passed on what the next one reported: «رويترز نقلا عن أكسيوس»


class Strength(StrEnum):
    """What the verb commits its speaker to. Kept, so that زعم never becomes أكد."""

    CLAIM = "claim"  # زعم، ادعى
    SAY = "say"  # قال، أضاف، ذكر
    ASSERT = "assert"  # أكد، شدد، جزم
    DENY = "deny"  # نفى
    DEMAND = "demand"  # طالب، دعا، حث
    WARN = "warn"  # حذر، هدد
    ACCUSE = "accuse"  # اتهم، ندد، انتقد
    SUGGEST = "suggest"  # رجح، لمح، اعتبر
    ANNOUNCE = "announce"  # أعلن، كشف


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who said what. `span` is what was said, without the verb and the speaker."""

    span: Span
    speaker: str | None  # the fullest name the text gives
    direct: bool
    verb: str | None = None  # as written, without و or ف before it
    strength: Strength = Strength.SAY
    role: str | None = None  # title or office as written
    side: str | None = None  # the topic's party id, where the speaker belongs to one
    relay: str | None = None  # the outlet through which it came
    unnamed: bool = False  # an official who is not named is a class of their own
    speaker_span: Span | None = None
    link: str | None = None  # what joins verb and words as written: إن، أن، عن، على أن؛ None for quoted words


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that is understood of one article."""

    article: ArticleId
    matches: tuple[TopicMatch, ...]
    origins: tuple[Origin, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpan:
    """A span of a stored article."""

    article: ArticleId
    start: int
    end: int
    in_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a brief. `text` is its spans joined by one space, word for word.

    `shown` is what a reader sees: what we add (a restored speaker, a resolved date) stands in
    square brackets.
    """

    text: str
    shown: str
    spans: tuple[SourceSpan, ...]
    url: str = ""


class State(StrEnum):
    """A story as against this chat's last brief."""

    NEW = "new"
    CHANGED = "changed"
    DENIED = "denied"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Words that somebody claimed; without a speaker, an outlet's own."""

    where: SourceSpan
    outlet: str
    text: str
    speaker: str | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A statement as a brief shows it, with the article it stands in."""

    statement: Statement
    article: ArticleId
    outlet: str
    text: str
    url: str = ""
    denies: Claim | None = None  # the claim that it denies, where that is known


@dataclass(frozen=True, slots=True, kw_only=True)
class TermCount:
    """Which outlet writes which term for the same thing; counted, without a verdict."""

    concept: str
    term: str
    outlet: str
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of a story as a brief lists it: enough to link and to draw a timeline."""

    article: ArticleId
    outlet: str
    title: str
    url: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefStory:
    id: StoryId
    headline: str
    headline_article: ArticleId
    state: State
    members: tuple[Member, ...]
    origins: tuple[Origin, ...]  # distinct; outlets are counted from `members`
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]
    terms: tuple[TermCount, ...] = ()
    reasons: tuple[Reason, ...] = ()  # why it ranks where it does
    score: float = 0.0

    @property
    def outlets(self) -> tuple[str, ...]:
        """The distinct outlets, in the order in which they came."""
        return tuple(dict.fromkeys(member.outlet for member in self.members))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a brief rests on: how many sources were asked, answered, and which failed."""

    sources: int
    answered: int
    oldest: datetime | None = None  # the oldest last answer among those that answered
    failed: tuple[str, ...] = ()  # outlets


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    topic: TopicId
    start: datetime
    end: datetime
    stories: tuple[BriefStory, ...]  # in the order in which they should be read
    coverage: Coverage
    sample: bool = False
