"""In which order stories are read, and why.

Reason codes, each part of the score that counted:

    rank.origins     count      independent origins that are known
    rank.officials   names      who of the parties speaks, divided by «، »
    rank.new, rank.changed, rank.denied      since the chat's last brief
    rank.outlets     count      outlets that carry it, where more than one
    rank.recent      hours      since the last report, where it is under six
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from summaries.types import BriefStory, Origin, OriginKind, Quote, Reason, State

_NOVELTY = {State.NEW: 1.0, State.DENIED: 1.2, State.CHANGED: 0.8, State.UNCHANGED: 0.0}
_MOST_SPEAKERS = 3
_LONGEST_NAME = 8  # words; what is longer is hardly a name
_RECENT = timedelta(hours=6)
_FRESH, _FADES = 2.0, timedelta(days=2)  # what the last report's freshness counts, and how it fades


def independent(origins: Sequence[Origin]) -> int:
    """How many origins confirm each other: unknown ones never do."""
    return sum(origin.kind is not OriginKind.UNKNOWN for origin in origins)


def officials(quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Who of the topic's parties speaks, each once."""
    named = (
        quote.statement.speaker for quote in quotes if quote.statement.side and not quote.statement.unnamed
    )
    return tuple(dict.fromkeys(name for name in named if name and len(name.split()) <= _LONGEST_NAME))


def rank(
    *,
    origins: Sequence[Origin],
    quotes: Sequence[Quote],
    state: State,
    outlets: int,
    newest: datetime | None,
    now: datetime,
) -> tuple[float, tuple[Reason, ...]]:
    """A story's score (higher is read first), and the reasons for it."""
    speakers, sources = officials(quotes), independent(origins)
    age = now - newest if newest else None
    score = 1.5 * math.log1p(sources) + 0.5 * min(len(speakers), _MOST_SPEAKERS) + 1.5 * _NOVELTY[state]
    score += 0.6 * math.log1p(outlets) + (
        _FRESH * math.exp(-max(age, timedelta()) / _FADES) if age is not None else 0.0
    )
    reasons = [Reason(code="rank.origins", values={"count": str(sources)})] if sources else []
    if speakers:
        reasons.append(Reason(code="rank.officials", values={"names": "، ".join(speakers[:_MOST_SPEAKERS])}))
    if state is not State.UNCHANGED:
        reasons.append(Reason(code=f"rank.{state}"))
    if outlets > 1:
        reasons.append(Reason(code="rank.outlets", values={"count": str(outlets)}))
    if age is not None and timedelta() <= age <= _RECENT:
        reasons.append(
            Reason(code="rank.recent", values={"hours": str(max(1, round(age / timedelta(hours=1))))})
        )
    return score, tuple(reasons)


def restated(story: BriefStory, state: State) -> BriefStory:
    """The story as ranked in another state: its score and reasons follow."""
    codes = {f"rank.{each}" for each in State}
    told = [Reason(code=f"rank.{state}")] if state is not State.UNCHANGED else []
    others = [reason for reason in story.reasons if reason.code not in codes]
    place = sum(reason.code in ("rank.origins", "rank.officials") for reason in others)
    score = story.score + 1.5 * (_NOVELTY[state] - _NOVELTY[story.state])
    return replace(story, state=state, score=score, reasons=(*others[:place], *told, *others[place:]))


def in_order(stories: Sequence[BriefStory]) -> list[BriefStory]:
    """As they should be read: what is new or changed before what is not, then by score."""
    return sorted(stories, key=lambda s: (s.state is State.UNCHANGED, -s.score, s.id))
