"""Messages for the golden files: every kind of message that a reader gets, from invented content."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.chat.message import Message
from bot.looks import Edit
from bot.presenting.alerts import alert_message, batch_message, denial_message, denials_of
from bot.presenting.briefs import brief_message, sources_message, story_message, who_message
from bot.presenting.timelines import timeline_message
from bot.texts import Texts
from summaries.brief import Event, EventKind
from summaries.types import (
    Article,
    ArticleId,
    Brief,
    BriefStory,
    Coverage,
    Member,
    Origin,
    OriginKind,
    Quote,
    Sentence,
    SourceSpan,
    Span,
    State,
    Statement,
    StoryId,
    Strength,
    TopicId,
)

AT = datetime(2024, 3, 28, 9, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Riyadh")
TITLE = "واشنطن تعلق شحنة القنابل MK-84 إلى إسرائيل"
SAID = "علقت واشنطن شحنة من 1,800 قنبلة MK-84 كانت في طريقها إلى إسرائيل، بحسب موقع Axios (axios.com)."
URL = "https://dar.example/2024/03/28/mk-84?id=7&a=1"


def story(state: State = State.CHANGED) -> BriefStory:
    """A story with Latin names, numbers and a link among its Arabic."""
    first = ArticleId("a1")
    members = tuple(
        Member(article=ArticleId(f"a{n}"), outlet=outlet, title=TITLE, url=URL, published=AT - timedelta(hours=n))
        for n, outlet in ((2, "Dar 24"), (1, "دفتر القوافل"))
    )  # fmt: skip
    denial = Statement(
        span=Span(start=0, end=9),
        speaker="جون كيربي",
        direct=False,
        verb="نفى",
        strength=Strength.DENY,
        link="أن",
    )
    span = SourceSpan(article=ArticleId("a2"), start=0, end=9)
    return BriefStory(
        id=StoryId("a1"), headline=TITLE, headline_article=first, state=state, members=members,
        origins=(Origin(name="Axios", kind=OriginKind.OUTLET), Origin(name="Reuters", kind=OriginKind.AGENCY)),
        sentences=(Sentence(text=SAID, shown=SAID, spans=(span,), url=URL),),
        quotes=(Quote(statement=denial, article=first, outlet="Dar 24", url=URL, text="تكون الشحنة قد عُلّقت (13:45)"),),
    )  # fmt: skip


def messages(texts: Texts) -> dict[str, Message]:
    """Name -> message."""
    told = story()
    because = texts("alert.because", what=texts("follow.kind.name", what="MK-84"))
    edit = Edit(
        article=Article(id=ArticleId("a1"), outlet="Dar 24", title=TITLE, text="", url=URL), at=AT,
        title_before="واشنطن توقف شحنة قنابل", removed=("قال 3 مسؤولين ذلك.",), added=("نفى كيربي ذلك.",) * 4,
    )  # fmt: skip
    events = [
        Event(kind=EventKind.FIRST_REPORT, at=AT, article=ArticleId("a1"), outlet="Dar 24", text=TITLE, url=URL),
        Event(kind=EventKind.DENIAL, at=None, article=ArticleId("a1"), outlet="Dar 24", text=told.quotes[0].text,
              quote=told.quotes[0]),
    ]  # fmt: skip
    brief = Brief(
        topic=TopicId("us-israel"), start=AT - timedelta(days=1), end=AT, stories=(told, story(State.UNCHANGED)),
        coverage=Coverage(sources=12, answered=11, oldest=AT - timedelta(minutes=22), failed=("Dar 24",)),
    )  # fmt: skip
    empty = replace(brief, stories=())
    silent = replace(empty, coverage=replace(brief.coverage, answered=0))
    return {
        "brief": brief_message(brief, "الخلاف الأمريكي الإسرائيلي", texts, zone=ZONE),
        "brief of an empty day": brief_message(empty, "الخلاف الأمريكي الإسرائيلي", texts, zone=ZONE),
        "brief when no source answered": brief_message(
            silent, "الخلاف الأمريكي الإسرائيلي", texts, zone=ZONE
        ),
        "story": story_message(told, texts, zone=ZONE),
        "who": who_message(told, texts),
        "alert": alert_message(
            texts("alert.name", what="MK-84"), told, because, texts, zone=ZONE, sample=True
        ),
        "denial": denial_message(told, denials_of(told), texts, zone=ZONE),
        "batch": batch_message([(told, because), (story(State.NEW), because)], texts, zone=ZONE),
        "sources": sources_message(told, texts, zone=ZONE),
        "timeline": timeline_message(TITLE, events, [edit], texts, zone=ZONE),
    }
