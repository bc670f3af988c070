"""Denials, each with the claim it denies, across the articles of a story; a claim stands, or is denied.

What two texts share is weighed by how rare its words are in the news, since names and «واشنطن» stand everywhere. A
denial is never linked to a claim that says the same no («لا خلاف»), nor to its own speaker's words. Where nothing is
near enough, it is linked to nothing: a wrong link would call somebody's words denied who said something else.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from summaries.packaged import stem_shares
from summaries.statements.verbs import verb_of
from summaries.text import fold, sentences, stem, stop_words, tokens
from summaries.types import Analysis, Article, ArticleId, Claim, Quote, SourceSpan, Span, Statement, Strength

_LEAST = 0.5  # share of the denial's weight that the claim must hold
_LEAST_UNSAID = 0.6  # where the denial has no verb of denying («لا توجد أزمة»)
_LEAST_TOLD = 0.7  # where the claim is an outlet's own telling
_ABOUT_ITS_SPEAKER = 0.5  # «هذا البيان غير دقيق», «تصريحات فلان كاذبة»: what the claim's speaker is called
_NAMES_THE_RELAY = 0.2  # «نفى ما نشرته صحيفة X»
_LEADS = 2  # sentences of an article that are claims of its outlet
_UNSEEN = 0.0005  # share of articles that hold a stem nobody counted
_FILLERS = frozenset(
    stem(word)
    for word in (
        "وجود صحة أي أنباء الأنباء نبأ خبر أخبار تقارير تقرير معلومات مزاعم اتهامات اتهام ما نشر نشرته "
        "نشره تردد ترددت ذكر ذكرته أوردته يكون تكون كان قد بأن صحيح صحيحة أساس دقيق دقيقة تماما نفيا "
        "قاطعا جملة وتفصيلا هذه هذا ذلك تلك إطلاقا مطلقا قال قالت حديث الحديث إعلامية إعلام وسائل صحيفة "
        "موقع قناة وكالة عار عارية الصحة لا ليس غير توجد يوجد هناك تصريحات تصريح أقوال كلام ادعاءات ادعاء "
        "يقال قيل"
    ).split()
)
_NOT_TRUE = tuple(
    fold(words)
    for words in (
        "لا صحة", "لا أساس", "غير صحيح", "غير دقيق", "عار عن الصحة", "عارية عن الصحة", "عار من الصحة", "عارية من الصحة",
        "محض افتراء", "محض كذب", "مفبرك", "كاذب", "كذبة", "لم يحدث",
    )
)  # fmt: skip
_THERE_IS_NO = tuple(
    fold(words)
    for words in (
        "لا توجد",
        "لا يوجد",
        "ليس هناك",
        "ليست هناك",
        "لا وجود",
        "لا أزمة",
        "لا خلاف",
        "ليس ثمة",
        "لم نقل",
    )
)
_NEGATED = frozenset(fold(word) for word in ("لا", "لم", "لن", "ليس", "ليست", "ما"))


class ClaimState(StrEnum):
    """What has become of a claim."""

    STANDS = "stands"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A claim and who denied it, in the order of the articles."""

    claim: Claim
    denials: tuple[Quote, ...] = ()

    @property
    def state(self) -> ClaimState:
        return ClaimState.DENIED if self.denials else ClaimState.STANDS


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A claim with the place of its article, and its words as they are weighed."""

    claim: Claim
    at: int
    stems: frozenset[str]
    spoken: frozenset[str]  # what its speaker is called
    carried: frozenset[str]  # its outlet and relay
    place: int
    side: str | None = None  # of a speaker who is named


def denials(articles: Sequence[Article], analyses: Mapping[ArticleId, Analysis]) -> tuple[Quote, ...]:
    """The denials of a story, in the order of its articles, each with the claim it denies where that is found.

    `articles` are in time order. A claim stands in an earlier article or in the denial's own. What denies only by
    its words («لا صحة لـ», «لا توجد أزمة») is a denial only where somebody claimed the contrary.
    """
    candidates = [one for at, article in enumerate(articles) for one in _candidates(article, at, analyses)]
    found: list[Quote] = []
    for at, article in enumerate(articles):
        for statement in _said(article, analyses):
            quote = _quote(article, statement)
            least = _least(quote)
            if least is not None:
                claim = _denied(quote, at, candidates, least)
                if claim is not None or statement.strength is Strength.DENY:
                    found.append(replace(quote, denies=claim))
    return tuple(found)


def claims(articles: Sequence[Article], analyses: Mapping[ArticleId, Analysis]) -> tuple[Standing, ...]:
    """Every statement of a story that is no denial, and whatever else was denied, with its state."""
    denied: dict[Claim, list[Quote]] = {}
    said = denials(articles, analyses)
    for quote in said:
        if quote.denies is not None:
            denied.setdefault(quote.denies, []).append(quote)
    denying = {(quote.article, quote.statement.span.start) for quote in said}
    stated = [
        _claim(article, statement.span, statement.speaker)
        for article in articles
        for statement in _said(article, analyses)
        if (article.id, statement.span.start) not in denying
    ]
    every = dict.fromkeys((*stated, *denied))
    return tuple(Standing(claim=claim, denials=tuple(denied.get(claim, ()))) for claim in every)


def with_denials(quotes: Iterable[Quote], linked: Iterable[Quote]) -> tuple[Quote, ...]:
    """The quotes, those that deny with the claim they deny."""
    known = {(quote.article, quote.statement.span.start): quote.denies for quote in linked}
    return tuple(
        replace(quote, denies=known.get((quote.article, quote.statement.span.start))) for quote in quotes
    )


def _said(article: Article, analyses: Mapping[ArticleId, Analysis]) -> tuple[Statement, ...]:
    analysis = analyses.get(article.id)
    return analysis.statements if analysis is not None else ()


def _least(quote: Quote) -> float | None:
    """How near a claim must be for the quote to deny it; None where it denies nothing."""
    if quote.statement.strength is Strength.DENY:
        return _LEAST
    opening = fold(quote.text)[:60]
    if any(words in opening for words in _NOT_TRUE):
        return _LEAST
    return _LEAST_UNSAID if any(words in opening[:24] for words in _THERE_IS_NO) else None


def _candidates(article: Article, at: int, analyses: Mapping[ArticleId, Analysis]) -> Iterator[_Candidate]:
    """What an article claims: its statements, and its title and opening where they are its own words."""
    said = _said(article, analyses)
    for statement in said:
        quote = _quote(article, statement)
        if statement.strength is not Strength.DENY and not _negated(quote.text) and _least(quote) is None:
            yield _candidate(article, at, statement.span, statement)
    starts = [Span(start=0, end=0), *sentences(article.text)[:_LEADS]]
    for number, span in enumerate(starts):
        text = article.title if number == 0 else article.text[span.start : span.end]
        spoken = number > 0 and any(span.start <= one.span.start < span.end for one in said)
        if (
            text
            and not spoken
            and not any(_denies(token.folded) for token in tokens(text))
            and not _negated(text)
        ):
            yield _candidate(article, at, span, None, in_title=number == 0)


def _denies(folded: str) -> bool:
    found = verb_of(folded)
    return found is not None and found[0].strength is Strength.DENY


def _negated(text: str) -> bool:
    return any(token.folded in _NEGATED for token in tokens(text[:40])[:2])


def _candidate(
    article: Article, at: int, span: Span, statement: Statement | None, *, in_title: bool = False
) -> _Candidate:
    claim = _claim(article, span, statement.speaker if statement else None, in_title=in_title)
    relay = statement.relay if statement is not None else None
    return _Candidate(
        claim=claim,
        at=at,
        stems=_stems(claim.text),
        spoken=_stems(claim.speaker or ""),
        carried=_stems(f"{article.outlet} {relay or ''} {claim.speaker or ''}"),
        place=span.start,
        side=statement.side if statement is not None and not statement.unnamed else None,
    )


def _claim(article: Article, span: Span, speaker: str | None, *, in_title: bool = False) -> Claim:
    end = len(article.title) if in_title else span.end
    text = article.title if in_title else article.text[span.start : span.end]
    where = SourceSpan(article=article.id, start=span.start, end=end, in_title=in_title)
    return Claim(where=where, outlet=article.outlet, text=text, speaker=speaker, url=article.url)


def _denied(quote: Quote, at: int, candidates: Sequence[_Candidate], least: float) -> Claim | None:
    """The nearest claim that may be meant, the earliest of equals; None where none is near enough."""
    wanted = _stems(quote.text) - _FILLERS
    own = _stems(quote.statement.speaker or "")
    best: tuple[float, Claim] | None = None
    for one in candidates:
        if (
            one.at > at
            or (one.at == at and one.place == quote.statement.span.start)
            or _one_voice(quote, own, one)
        ):
            continue
        value = _nearness(quote, wanted, one)
        enough = value >= (least if one.claim.speaker else max(least, _LEAST_TOLD))
        if enough and (best is None or value > best[0] + 0.001):
            best = value, one.claim
    if best is None and not wanted:
        return _right_before(quote, at, candidates, own)
    return best[1] if best is not None else None


def _one_voice(quote: Quote, own: frozenset[str], one: _Candidate) -> bool:
    """Whether the claim is the denier's own, or of somebody who speaks for the same side under their name."""
    same = bool(own and one.spoken and (own <= one.spoken or one.spoken <= own))
    return same or (one.side is not None and one.side == quote.statement.side)


def _nearness(quote: Quote, wanted: frozenset[str], one: _Candidate) -> float:
    """How much of what is denied the claim says, 0 to a little over 1."""
    shared, value = wanted & one.stems, 0.0
    if len(shared) >= 2:
        value = sum(map(_weight, shared)) / sum(map(_weight, wanted))
    opening = tokens(quote.text[:60])[:2]
    pointed = (
        len(opening) == 2 and opening[0].folded in {"هذا", "هذه"} and stem(opening[1].text) in one.spoken
    )
    if pointed or (wanted and wanted <= one.spoken):
        value += _ABOUT_ITS_SPEAKER
    elif value and one.claim.speaker is not None:
        value += _NAMES_THE_RELAY * bool((wanted & one.carried) - one.stems)
    return value


def _right_before(
    quote: Quote, at: int, candidates: Sequence[_Candidate], own: frozenset[str]
) -> Claim | None:
    """«نفى ذلك»: what another said last before it in the same article."""
    before = [
        one
        for one in candidates
        if one.at == at
        and one.claim.speaker
        and one.place < quote.statement.span.start
        and not one.spoken & own
    ]
    return max(before, key=lambda one: one.place).claim if before else None


def _quote(article: Article, statement: Statement) -> Quote:
    text = article.text[statement.span.start : statement.span.end]
    return Quote(statement=statement, article=article.id, outlet=article.outlet, text=text, url=article.url)


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        found
        for token in tokens(text)
        if token.folded not in stop_words and len(found := stem(token.text)) > 1
    )


def _weight(found: str) -> float:
    return -math.log(min(0.9, stem_shares().get(found, _UNSEEN)))
