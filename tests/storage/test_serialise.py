"""What is written is read back equal, and what does not fit is refused."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storage.errors import Unreadable
from storage.serialise import dump, from_json, load, to_json
from summaries.types import (
    Analysis,
    ArticleId,
    Brief,
    BriefStory,
    Coverage,
    Label,
    Member,
    Origin,
    OriginKind,
    Quote,
    Reason,
    Sentence,
    SourceSpan,
    Span,
    State,
    Statement,
    StoryId,
    Strength,
    TermCount,
    TopicId,
    TopicMatch,
)
from tests.storage.things import analysis

texts = some.text(max_size=12)
moments = some.datetimes(timezones=some.just(UTC))
spans = some.builds(Span, start=some.integers(0, 9), end=some.integers(0, 9))
statements = some.builds(
    Statement,
    span=spans,
    speaker=some.none() | texts,
    direct=some.booleans(),
    strength=some.sampled_from(Strength),
    speaker_span=some.none() | spans,
)
origins = some.builds(Origin, name=texts, kind=some.sampled_from(OriginKind), span=some.none() | spans)
reasons = some.builds(Reason, code=texts, values=some.dictionaries(texts, texts, max_size=2))


def several(strategy: some.SearchStrategy[object]) -> some.SearchStrategy[tuple[object, ...]]:
    return some.lists(strategy, max_size=2).map(tuple)


matches = some.builds(
    TopicMatch,
    topic=texts.map(TopicId),
    label=some.sampled_from(Label),
    score=some.floats(0, 1),
    reasons=several(reasons),
)
ids = texts.map(ArticleId)
stories = some.builds(
    BriefStory,
    id=texts.map(StoryId),
    headline=texts,
    headline_article=ids,
    state=some.sampled_from(State),
    members=several(
        some.builds(
            Member, article=ids, outlet=texts, title=texts, url=texts, published=some.none() | moments
        )
    ),
    origins=several(origins),
    sentences=several(
        some.builds(
            Sentence,
            text=texts,
            shown=texts,
            spans=several(
                some.builds(SourceSpan, article=ids, start=some.integers(0, 9), end=some.integers(0, 9))
            ),
        )
    ),
    quotes=several(some.builds(Quote, statement=statements, article=ids, outlet=texts, text=texts)),
    terms=several(
        some.builds(TermCount, concept=texts, term=texts, outlet=texts, count=some.integers(0, 99))
    ),
    reasons=several(reasons),
    score=some.floats(-1, 1),
)


@given(
    some.builds(
        Analysis,
        article=ids,
        matches=several(matches),
        origins=several(origins),
        statements=several(statements),
    )
)
def test_an_analysis_comes_back(value: Analysis) -> None:
    """Any analysis survives, whatever its texts hold."""
    assert from_json(Analysis, to_json(value)) == value


@given(
    some.builds(
        Brief,
        topic=texts.map(TopicId),
        start=moments,
        end=moments,
        stories=several(stories),
        coverage=some.builds(
            Coverage, sources=some.integers(0, 9), answered=some.integers(0, 9), failed=several(texts)
        ),
        sample=some.booleans(),
    )
)
def test_a_brief_comes_back(value: Brief) -> None:
    """Any brief survives, with its times and states."""
    assert from_json(Brief, to_json(value)) == value


@pytest.mark.parametrize(
    ("kind", "data", "where"),
    [
        (Span, {"start": 1, "end": 2, "colour": "red"}, "Span.colour"),
        (Span, {"start": 1}, "Span.end"),
        (Span, {"start": "1", "end": 2}, "Span.start"),
        (Span, {"start": True, "end": 2}, "Span.start"),
        (Span, {"start": 1.5, "end": 2}, "Span.start"),
        (Span, [1, 2], "Span"),
        (Origin, {"name": "Axios", "kind": "rumour"}, "Origin.kind"),
        (Origin, {"name": None, "kind": "outlet"}, "Origin.name"),
        (tuple[str, ...], "abc", "tuple"),
        (tuple[str, ...], ["a", 1], "[1]"),
        (Mapping[str, str], {"a": 1}, "a"),
        (datetime, "2024-03-25T12:00:00", "datetime"),
        (datetime, "noon", "datetime"),
        (Literal["ar", "en"], "fr", "one of"),
    ],
)
def test_what_does_not_fit_is_refused(kind: object, data: object, where: str) -> None:
    """An unknown field, a missing one or a wrong type is an error that names the place."""
    with pytest.raises(Unreadable) as caught:
        load(kind, data)
    assert where in caught.value.cause


def test_a_field_added_later_takes_its_default() -> None:
    """Rows written before a field with a default was added are still read."""
    data = dump(analysis())
    del data["matches"][0]["reasons"]
    assert load(Analysis, data).matches[0].reasons == ()


@pytest.mark.parametrize("value", [datetime(2024, 1, 1), {1j}, object()])  # noqa: DTZ001
def test_what_cannot_be_written_is_refused(value: object) -> None:
    """Nothing becomes JSON by way of its repr."""
    with pytest.raises(Unreadable):
        to_json(value)


def test_text_that_is_no_json_is_refused() -> None:
    """A damaged row says so."""
    with pytest.raises(Unreadable):
        from_json(Span, '{"start": 1')
