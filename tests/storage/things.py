"""Small ready-made values for the storage's tests."""

from datetime import UTC, datetime, timedelta

from storage.chat_keys import ChatKey
from summaries.types import (
    Analysis,
    Article,
    ArticleId,
    Entry,
    Label,
    Origin,
    OriginKind,
    Reason,
    Source,
    SourceId,
    Span,
    Statement,
    Strength,
    TopicId,
    TopicMatch,
)

NOON = datetime(2024, 3, 25, 12, tzinfo=UTC)
TOPIC = TopicId("us-israel")
CHAT = ChatKey(platform="telegram", bot="7", chat="-100")


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def source(id: str = "nahar", url: str = "https://nahar.example/rss", enabled: bool = True) -> Source:
    return Source(
        id=SourceId(id),
        outlet=id.title(),
        url=url,
        country="LB",
        state_funded=False,
        enabled=enabled,
        names=("النهار", "An-Nahar"),
    )


def article(
    number: int = 1,
    *,
    title: str = "عنوان",
    text: str = "نص الخبر.",
    url: str | None = None,
    source: str | None = "nahar",
    after: float = 0,
    outlet: str = "Nahar",
) -> Article:
    return Article(
        id=ArticleId(f"a{number}"),
        outlet=outlet,
        title=title,
        text=text,
        url=f"https://nahar.example/{number}" if url is None else url,
        published=NOON + hours(after),
        collected=NOON + hours(after),
        source=SourceId(source) if source else None,
    )


def entry(number: int = 1, *, source: str = "nahar", title: str = "عنوان") -> Entry:
    return Entry(
        source=SourceId(source),
        id=f"guid-{number}",
        title=title,
        link=f"https://nahar.example/{number}",
        fingerprint=f"print of {number}",
    )


def analysis(number: int = 1, label: Label = Label.CORE, score: float = 0.9) -> Analysis:
    reason = Reason(code="relevance.acts_on", values={"actor": "واشنطن"})
    return Analysis(
        article=ArticleId(f"a{number}"),
        matches=(TopicMatch(topic=TOPIC, label=label, score=score, reasons=(reason,)),),
        origins=(Origin(name="Axios", kind=OriginKind.OUTLET, span=Span(start=0, end=3)),),
        statements=(
            Statement(span=Span(start=1, end=4), speaker=None, direct=True, strength=Strength.CLAIM),
        ),
    )
