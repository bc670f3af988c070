"""The writing stage: a language model's prose for the stories of a brief, as far as the gate lets it pass.

A model is optional and untrusted. What it is asked, what of its answer is understood and what of that is shown is
decided by `summaries.prompt`, `summaries.rewriting` and the gate; here it is asked, once more where that may help,
within the day's tokens. Whatever goes wrong leaves the extractive story as it is.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import structlog

from adapters.model import MOST_TOKENS, Answer, NoAnswer
from storage.database import Database
from summaries.gate import Gate
from summaries.names import Gazetteer
from summaries.prompt import Draft, Language, SourceSentence, Unusable, messages, schema, understood
from summaries.rewriting import Judged, arabic_sources, judged, sources_of, translated
from summaries.types import Article, ArticleId, Brief, BriefStory

log = structlog.get_logger(__name__)

MOST_STORIES = 7  # of a brief that are written; the rest stay extractive
TRIES = 2
_LETTERS_A_TOKEN = 2  # Arabic, on the safe side: what a call that brought no answer is counted as
_GIVE_UP = frozenset(("timeout", "unreachable", "refused", "limited", "failed"))
"""After these the model is not asked for a while: a minute may have hundreds of digests, which would all be late."""
REST = timedelta(minutes=5)


class Model(Protocol):
    """A language model that answers chat messages."""

    @property
    def name(self) -> str: ...

    async def ask(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]
    ) -> Answer | NoAnswer: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What came of asking: a draft, or why there is none and whether the model may be asked on."""

    draft: Draft | None = None
    problem: str = ""
    give_up: bool = False


class Writer:
    """Writes the stories of briefs with one model, on one database."""

    def __init__(
        self, database: Database, model: Model, gate: Gate, gazetteer: Gazetteer, *, tokens_per_day: int
    ) -> None:
        self._database, self._model = database, model
        self._gate, self._gazetteer = gate, gazetteer
        self._tokens_per_day = tokens_per_day
        self._failed: datetime | None = (
            None  # when the model last gave no answer that another try would bring
        )

    async def write(self, brief: Brief, articles: Mapping[ArticleId, Article], now: datetime) -> Brief:
        """The brief with its leading stories in the model's Arabic, each sentence judged by what it cites."""

        def judge(story: BriefStory, sources: Sequence[SourceSentence], draft: Draft) -> Judged:
            return judged(story, draft, sources, articles, self._gate)

        stories = await self._each(brief.stories, "ar", now, lambda story: sources_of(story, articles), judge)
        return replace(brief, stories=stories)

    async def translate(self, stories: Sequence[BriefStory], now: datetime) -> tuple[BriefStory, ...]:
        """Stories, the leading ones in English, each sentence and headline judged by the Arabic that it renders."""

        def judge(story: BriefStory, sources: Sequence[SourceSentence], draft: Draft) -> Judged:
            return translated(story, draft, self._gazetteer)

        return await self._each(stories, "en", now, arabic_sources, judge)

    async def _each(
        self, given: Sequence[BriefStory], language: Language, now: datetime, sources_for: Any, judge: Any
    ) -> tuple[BriefStory, ...]:
        stories, asking = [], not self._rests(now)
        for story in given[:MOST_STORIES]:
            sources = sources_for(story)
            if not sources:
                stories.append(story)
                continue
            asked = await self._ask(story, sources, language, now, asking=asking)
            asking = asking and not asked.give_up
            if asked.problem in _GIVE_UP:
                self._failed = now
            if asked.draft is None:
                if asking or asked.give_up:
                    log.info(
                        "story stays extractive", story=story.id, language=language, reason=asked.problem
                    )
                stories.append(story)
                continue
            result: Judged = judge(story, sources, asked.draft)
            log.info(
                "story written", story=story.id, language=language, sentences=len(asked.draft.sentences),
                refused=[reason.code for reason in result.refused],
            )  # fmt: skip
            stories.append(replace(story, sentences=result.sentences, headline=result.headline))
        return (*stories, *given[MOST_STORIES:])

    def _rests(self, now: datetime) -> bool:
        return self._failed is not None and abs(now - self._failed) < REST

    async def _ask(
        self,
        story: BriefStory,
        sources: Sequence[SourceSentence],
        language: Language,
        now: datetime,
        *,
        asking: bool,
    ) -> _Asked:
        """From what was kept under the same question, or, where it is to be asked, from the model, which gets a second
        try where that may help. Only an answer that is understood is kept.
        """
        question = messages(story.headline, sources, language)
        key = _key(self._model.name, language, question)
        async with self._database.reading() as unit:
            kept = await unit.writing.answer(key)
        if kept is not None:
            found = understood(kept, len(sources), language)
            if not isinstance(found, Unusable):
                return _Asked(draft=found)
        if not asking:
            return _Asked(problem="not_asked")
        problem = "no_try"
        for _ in range(TRIES):
            if not await self._affordable(question, now):
                return _Asked(problem="tokens_per_day", give_up=True)
            answer = await self._model.ask(question, schema(language))
            await self._count(answer, question, now)
            if isinstance(answer, NoAnswer):
                problem = answer.code
                if not answer.again:
                    return _Asked(problem=problem, give_up=problem in _GIVE_UP)
                continue
            found = understood(answer.text, len(sources), language)
            if not isinstance(found, Unusable):
                await self._keep(key, answer.text, now)
                return _Asked(draft=found)
            problem = found.code
        return _Asked(problem=problem, give_up=problem in _GIVE_UP)

    async def _affordable(self, asking: Sequence[Mapping[str, str]], now: datetime) -> bool:
        """Whether one more call, at its dearest, stays within the day's tokens."""
        async with self._database.reading() as unit:
            used = await unit.writing.tokens(now.astimezone(UTC).date())
        return used + _estimate(asking) + MOST_TOKENS <= self._tokens_per_day

    async def _count(
        self, answer: Answer | NoAnswer, asking: Sequence[Mapping[str, str]], now: datetime
    ) -> None:
        tokens = answer.tokens if isinstance(answer, Answer) else _estimate(asking)
        async with self._database.unit() as unit:
            await unit.writing.add_tokens(now.astimezone(UTC).date(), tokens)
            await unit.commit()

    async def _keep(self, key: str, answer: str, now: datetime) -> None:
        async with self._database.unit() as unit:
            await unit.writing.put_answer(key, answer, now)
            await unit.commit()


def _estimate(asking: Sequence[Mapping[str, str]]) -> int:
    return sum(len(message["content"]) for message in asking) // _LETTERS_A_TOKEN


def _key(model: str, language: str, asking: Sequence[Mapping[str, str]]) -> str:
    """Names a question by its content: model, language, frame and every source sentence."""
    return hashlib.sha256(
        json.dumps([model, language, list(asking)], ensure_ascii=False).encode()
    ).hexdigest()
