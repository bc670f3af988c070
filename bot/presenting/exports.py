"""Briefs and analyses as JSON values, with the names that others script against (docs/interface.md)."""

from collections.abc import Callable
from typing import Any

from bot.jsonlines import Given
from bot.summarising import ArticleBrief
from bot.texts import Texts
from summaries.gate import Verdict
from summaries.types import Analysis, ArticleId, Brief, BriefStory, Claim, Origin, Reason, Sentence, Statement

Locate = Callable[[ArticleId], Given]  # what an article is called outside: its address, or its id in a file


def reason_words(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, **reason.values}


def origin_value(origin: Origin) -> dict[str, Any]:
    return {"name": origin.name, "kind": origin.kind.value}


def statement_value(statement: Statement) -> dict[str, Any]:
    """A statement; offsets count characters of the article's text as given."""
    return {
        "speaker": statement.speaker,
        "role": statement.role,
        "side": statement.side,
        "verb": statement.verb,
        "strength": statement.strength.value,
        "kind": "direct" if statement.direct else "indirect",
        "start": statement.span.start,
        "end": statement.span.end,
        "relay": statement.relay,
    }


def verdict_value(identity: Given, verdict: Verdict, spoken: Texts) -> dict[str, Any]:
    """What `kawalis check-claims` prints for one sentence: each reason with its code, its values and in words."""
    return {
        "id": identity,
        "supported": verdict.supported,
        "reasons": [
            {**reason_words(reason), "words": spoken(reason.code, **reason.values)}
            for reason in verdict.reasons
        ],
    }


def analysis_value(analysis: Analysis, topic: str, story: str | None) -> dict[str, Any]:
    """What `kawalis analyse` prints for one article."""
    match = next(match for match in analysis.matches if match.topic == topic)
    return {
        "id": analysis.article,
        "relevance": {
            "label": match.label.value,
            "score": round(match.score, 4),
            "reasons": [reason_words(reason) for reason in match.reasons],
        },
        "story": story,
        "origins": [origin_value(origin) for origin in analysis.origins],
        "statements": [statement_value(statement) for statement in analysis.statements],
    }


def summary_value(
    identity: Given, headline: str, sentences: list[dict[str, Any]], brief: list[ArticleBrief]
) -> dict[str, Any]:
    """What `kawalis summarise` prints for one item of a batch or one article."""
    origins = {origin.name: origin_value(origin) for part in brief for origin in part.origins}
    return {
        "id": identity,
        "headline": headline,
        "summary": " ".join(sentence["text"] for sentence in sentences),
        "sentences": sentences,
        "origins": list(origins.values()),
        "statements": [
            {**statement_value(quote.statement), "document": number}
            for number, part in enumerate(brief)
            for quote in part.quotes
        ],
    }


def sentence_value(sentence: Sentence, documents: dict[ArticleId, int]) -> dict[str, Any]:
    """A sentence of a summary: `document` counts the documents given, from 0."""
    return {
        "text": sentence.text,
        "shown": sentence.shown,
        "spans": [
            {"document": documents[span.article], "start": span.start, "end": span.end}
            | ({"in": "title"} if span.in_title else {})
            for span in sentence.spans
        ],
    }


def brief_value(brief: Brief, locate: Locate) -> dict[str, Any]:
    """A brief as JSON; articles are named by `locate`."""
    coverage = brief.coverage
    return {
        "topic": brief.topic,
        "from": brief.start.isoformat(),
        "to": brief.end.isoformat(),
        "sample": brief.sample,
        "stories": [_story(story, locate) for story in brief.stories],
        "coverage": {
            "sources": coverage.sources,
            "answered": coverage.answered,
            "oldest": coverage.oldest.isoformat() if coverage.oldest else None,
            "failed": list(coverage.failed),
        },
    }


def _denied(claim: Claim | None, locate: Locate) -> dict[str, Any]:
    if claim is None:
        return {}
    where = claim.where
    return {
        "denies": {
            "article": locate(where.article), "speaker": claim.speaker, "text": claim.text, "start": where.start,
            "end": where.end,
        }
        | ({"in": "title"} if where.in_title else {})
    }  # fmt: skip


def _story(story: BriefStory, locate: Locate) -> dict[str, Any]:
    urls = {member.article: member.url for member in story.members}
    return {
        "id": story.id,
        "headline": story.headline,
        "state": story.state.value,
        "outlets": len(story.outlets),
        "origins": [origin_value(origin) for origin in story.origins],
        "articles": [locate(member.article) for member in story.members],
        "sentences": [
            {
                "text": sentence.text,
                "shown": sentence.shown,
                "spans": [
                    {"article": locate(span.article), "url": urls.get(span.article, sentence.url),
                     "start": span.start, "end": span.end} | ({"in": "title"} if span.in_title else {})
                    for span in sentence.spans
                ],
            }
            for sentence in story.sentences
        ],
        "statements": [
            statement_value(quote.statement)
            | {"article": locate(quote.article), "text": quote.text}
            | _denied(quote.denies, locate)
            for quote in story.quotes
        ],
        "terms": [
            {"concept": term.concept, "term": term.term, "outlet": term.outlet, "count": term.count}
            for term in story.terms
        ],
        "reasons": [reason_words(reason) for reason in story.reasons],
    }  # fmt: skip
