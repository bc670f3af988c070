"""Negation: what a sentence denies must be denied in what is cited, and what it affirms must not be."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from summaries.gate import polarity, signs, speech
from summaries.gate.actors import places_of
from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import Pair, Term, clause_of
from summaries.gate.said import matches
from summaries.gate.speech import CONDEMNING, strength_of
from summaries.gate.words import Meaning
from summaries.reading import Parsed
from summaries.text import Token, fold, forms_of
from summaries.types import Reason

_DESPITE = frozenset(("رغم", "برغم", "الرغم", "بالرغم"))
_BEFORE, _AFTER = 9, 5  # words around within which another way of denying may stand
_NEIGHBOURS = 5


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.negation`: a word negated on one side and plain on the other, or its opposite in the same place."""
    yield from _added(pair)
    yield from _dropped(pair)
    yield from _opposed(pair)
    yield from _denied_by_verb(pair)
    yield from _not_said(pair)
    for place in (*signs.turned(pair), *signs.plainly(pair)):
        yield _found(pair, place)


_SAID = frozenset({speech.SAY, speech.ASSERT, speech.ANNOUNCE, speech.ADMIT, speech.PROMISE, speech.CLAIM})


def _not_said(pair: Pair) -> Iterator[Finding]:
    """«أكد» where the source has «لم يؤكد», and nothing else of the sentence denies."""
    if signs.says_no(pair.claim, 0, len(pair.claim.tokens)):
        return
    source = pair.source.parsed
    for match in matches(pair):
        if match.claim.strength in _SAID and all(
            other.strength == speech.DENY
            or (other.strength is not None and polarity.negated(source, other.at, 0))
            for other in match.sources
        ):
            yield _found(pair, match.claim.at)


def _added(pair: Pair) -> Iterator[Finding]:
    """What the sentence negates and the source says plainly, or does not deny at all."""
    claim, source, there = pair.claim, pair.source.parsed, signs.signs_of(pair).there
    for negator, head in polarity.heads(claim, 0, len(claim.tokens)):
        if polarity.doubled(claim, negator) or any(
            t.folded in ("بل", "وانما") for t in claim.tokens[negator:]
        ):
            continue
        head = polarity.what_comes(claim, head)
        if _bounded(pair, head):
            continue
        own = pair.words.meaning(claim.tokens[head].text)
        mine = Term(head, claim.tokens[head], own)
        like = pair.alike(own)
        loose = polarity.nominal(claim, negator)
        denied = any(_denied(pair, source, r, other=False) for r in pair.ranges)
        if any(polarity.negated(source, term.place, 0) or there.get(term.place) for term in like):
            continue
        if signs.refuses(claim, head) and any(token.folded in _DESPITE for token in _cited_tokens(pair)):
            continue  # «لم يمنع الحظر» for «رغم الحظر»
        if polarity.is_light(claim, head) and _lacks_alike(pair, head):
            continue
        like = tuple(term for term in like if _one_matter(pair, mine, term))
        if not like:
            if polarity.is_light(claim, head) and (noun := _plainly_there(pair, head)) is not None:
                yield _found(pair, noun, evidence=Evidence.MISSING)
            continue
        if loose:
            denied = denied or any(signs.says_no(source, *r) for r in pair.ranges)
            if not denied and not _opposite(pair, own):
                yield _found(pair, head, evidence=Evidence.MISSING)
        elif not any(_denied_near(pair, term.place, own) for term in like):
            yield _found(pair, head, evidence=_as_met(own, like))


def _lacks_alike(pair: Pair, head: int) -> bool:
    """Whether what «لم يصدر» says is not there is denied in the source too: «لم يعلق» for «لم يصدر تعليق»."""
    source, there = pair.source.parsed, signs.signs_of(pair).there
    lacking = polarity.what_is_lacking(pair.claim, head)
    return any(
        polarity.negated(source, other.place, 0) or there.get(other.place)
        for term in pair.terms
        if term.place in lacking
        for other in pair.aligned[term.place]
    )


def _plainly_there(pair: Pair, head: int) -> int | None:
    """The place of what «لم يصدر أي تعليق» says is not there, where the source has a form of it and denies nothing."""
    tokens = pair.claim.tokens
    any_of = [p for p in polarity.what_is_lacking(pair.claim, head) if tokens[p - 1].folded in ("اي", "ايه")]
    if not any_of or any(signs.says_no(pair.source.parsed, *r) for r in pair.ranges):
        return None
    return next(
        (
            term.place
            for term in pair.terms
            if term.place == any_of[0] and not term.meaning.keys.isdisjoint(pair.cited_keys)
        ),
        None,
    )


def _opposite(pair: Pair, own: Meaning) -> bool:
    return any(pair.words.opposed(own, term.meaning) for term in pair.cited_terms)


def _denied_near(pair: Pair, place: int, own: Meaning) -> bool:
    """Whether a cited word is negated, or something around it denies that the sentence does not take up."""
    source = pair.source.parsed
    low, high = pair.places.at(place) or (place, place + 1)
    if polarity.negated(source, place, low):
        return True
    begin, end = clause_of(source, place, low, high)
    first, last = max(begin, place - _BEFORE), min(end, place + _AFTER)
    if _denied(pair, source, (first, last), other=False, but=place):
        return True
    return any(pair.words.opposed(own, term.meaning) for term in pair.source.terms(first, last))


def _denied(pair: Pair, parsed: Parsed, span: tuple[int, int], *, other: bool, but: int = -1) -> bool:
    """Whether anything in a span denies that has no like on the other side (`other`: the span is the claim's)."""
    meaning = pair.words.meaning
    across = pair.cited_keys if other else pair.keys
    for place in range(*span):
        if place == but or not polarity.mild(parsed, place, place + 1):
            continue
        if polarity.is_sharp(parsed, place):
            head = polarity.head_of(parsed, place, span[1] + 3)
            if head is not None and head != but and _negated_across(pair, parsed, head, other=other):
                continue
            return True
        own = meaning(parsed.tokens[place].text)
        if own.keys.isdisjoint(across):
            return True
    return False


def _negated_across(pair: Pair, parsed: Parsed, head: int, *, other: bool) -> bool:
    """Whether a negated word has a negated like on the other side."""
    own = pair.words.meaning(parsed.tokens[head].text)
    if other:
        return any(polarity.negated(pair.source.parsed, term.place, 0) for term in pair.alike(own))
    return any(
        pair.words.alike(own, term.meaning) and polarity.negated(pair.claim, term.place, 0)
        for term in pair.terms
    )


def _dropped(pair: Pair) -> Iterator[Finding]:
    """What the source negates and the sentence says plainly."""
    source, here = pair.source.parsed, signs.signs_of(pair).here
    for low, high in pair.ranges:
        for negator, head in polarity.heads(source, low, high):
            if polarity.doubled(source, negator) or _on_condition(pair, head, high):
                continue
            if signs.only(source, negator, high):
                continue
            own = pair.words.meaning(source.tokens[head].text)
            plain = [
                term
                for term in pair.terms
                if _one_matter(pair, term, Term(head, source.tokens[head], own))
                and not _also_plain(pair, term, head)
                and not here.get(term.place)
            ]
            if plain and not any(_claim_denies(pair, term.place, own) for term in plain):
                yield _found(pair, plain[0].place, evidence=_as_met(own, plain))


_UNLESS = frozenset(fold(w) for w in "إلا قبل حتى".split())
_CONDITIONS = forms_of(
    "اشترط/يشترط رهن/يرهن ربط/يربط",
    "شرط اشتراط مشروط رهن",
    "إلا إذا قبل حتى بعد مرهون رهنا رهينا منوط",
)


def _on_condition(pair: Pair, head: int, high: int) -> bool:
    """«لن يسلم ما لم …» in the source, and a condition in the sentence: «رهن التسليم بـ…»."""
    unless = _unless(pair)
    following = bisect_left(unless, head)
    excepted = following < len(unless) and unless[following] + 1 < high
    return excepted and any(token.folded in _CONDITIONS for token in pair.claim.tokens)


@lru_cache(maxsize=1)
def _unless(pair: Pair) -> list[int]:
    """The places in the source where a condition or a bound begins: «إلا», «ما لم»."""
    return [
        place
        for place, (one, two) in enumerate(pairwise(pair.source.parsed.tokens))
        if one.folded in _UNLESS or (one.folded == "ما" and two.folded == "لم")
    ]


def _bounded(pair: Pair, head: int) -> bool:
    """Whether a negation only bounds a time or a kind: «لن يصل قبل», «لم يصل إلا»."""
    _, end = clause_of(pair.claim, head, 0, len(pair.claim.tokens))
    return any(token.folded in _ONLY for token in pair.claim.tokens[head:end])


_ONLY = frozenset(fold(w) for w in "قبل إلا سوى حتى".split())


def _also_plain(pair: Pair, term: Term, head: int) -> bool:
    """Whether the source has the word without negation too."""
    return any(place != head for place in _plain(pair)[term.place])


@lru_cache(maxsize=1)
def _plain(pair: Pair) -> dict[int, tuple[int, ...]]:
    """By the place of each of the sentence's words: the first two cited ones like it that are not negated."""
    source = pair.source.parsed
    return {
        place: tuple(
            islice(
                (
                    other.place
                    for other in others
                    if not polarity.negated(source, other.place, pair.range_at(other.place)[0])
                ),
                2,
            )
        )
        for place, others in pair.aligned.items()
    }


def _claim_denies(pair: Pair, place: int, own: Meaning) -> bool:
    if polarity.negated(pair.claim, place, 0):
        return True
    begin, end = clause_of(pair.claim, place, 0, len(pair.claim.tokens))
    first, last = max(begin, place - _BEFORE), min(end, place + _AFTER)
    return _denied(pair, pair.claim, (first, last), other=True, but=place) or any(
        pair.words.opposed(own, term.meaning) for term in pair.terms if first <= term.place < last
    )


def _opposed(pair: Pair) -> Iterator[Finding]:
    """A word whose opposite stands among the same neighbours in the source, with neither negated."""
    for term in pair.terms:
        if pair.aligned[term.place] or not term.meaning.sides:
            continue
        facing = [
            other
            for other in pair.cited_terms
            if pair.words.opposed(term.meaning, other.meaning)
            and not any(_stands_for(pair, mine, other) for mine in pair.terms)
        ]
        for other in facing:
            low = pair.range_at(other.place)[0]
            if polarity.negated(pair.source.parsed, other.place, low) or polarity.negated(
                pair.claim, term.place, 0
            ):
                continue
            if _neighbours_met(pair, term, other) >= 2:
                yield _found(pair, term.place)
                return


def _stands_for(pair: Pair, mine: Term, other: Term) -> bool:
    """Whether a word of the sentence may render a cited one: of its group, and not itself cited elsewhere."""
    if not mine.meaning.keys.isdisjoint(other.meaning.keys):
        return True
    return pair.words.alike(mine.meaning, other.meaning) and mine.meaning.keys.isdisjoint(pair.cited_keys)


def _denied_by_verb(pair: Pair) -> Iterator[Finding]:
    """«نفى أن يكون له خلاف» where the source says it plainly: the first two things denied are cited undenied."""
    for place, token in enumerate(pair.claim.tokens):
        if token.folded not in signs.DENYING or any(
            token.folded in signs.DENYING | CONDEMNING for token in _cited_tokens(pair)
        ):
            continue
        inside = places_of(pair.actors)
        said = [t for t in pair.terms if t.place > place and t.place not in inside and pair.aligned[t.place]][
            :2
        ]
        if len(said) == 2 and all(
            not _denied_near(pair, other.place, term.meaning)
            for term in said
            for other in pair.aligned[term.place]
        ):
            yield _found(pair, place, evidence=Evidence.MISSING)


def _cited_tokens(pair: Pair) -> Iterator[Token]:
    for low, high in pair.ranges:
        yield from pair.source.parsed.tokens[low:high]


def _neighbours_met(pair: Pair, term: Term, other: Term) -> float:
    """How many words around the one stand around the other; a word of the same group counts half."""
    near = [t for t in pair.terms if 0 < abs(t.place - term.place) <= _NEIGHBOURS]
    around = pair.source.terms(other.place - _NEIGHBOURS, other.place + _NEIGHBOURS + 1)
    there = [t for t in around if t.place != other.place and pair.places.at(t.place)]
    return sum(max((_met(pair, one, two) for two in there), default=0.0) for one in near)


def _met(pair: Pair, one: Term, two: Term) -> float:
    if not one.meaning.keys.isdisjoint(two.meaning.keys):
        return 1.0
    return 0.5 if pair.words.alike(one.meaning, two.meaning) else 0.0


def _one_matter(pair: Pair, term: Term, other: Term) -> bool:
    """Whether two words speak of one thing: forms of one word, or words of one group with a like neighbour."""
    if not term.meaning.keys.isdisjoint(other.meaning.keys):
        return True
    if strength_of(pair.claim, term.place, 0) is not None:
        return False  # «قال إن …» may render «لن يعتبر …»
    return pair.words.alike(term.meaning, other.meaning) and _neighbours_met(pair, term, other) >= 1


def _as_met(own: Meaning, others: Sequence[Term]) -> Evidence:
    """How sure it is that what is negated on one side and plain on the other is one thing: forms of one word are."""
    one_word = any(not own.keys.isdisjoint(other.meaning.keys) for other in others)
    return Evidence.DIFFERS if one_word else Evidence.MISSING


def _found(pair: Pair, place: int, *, evidence: Evidence = Evidence.DIFFERS) -> Finding:
    reason = Reason(code="gate.negation", values={"word": pair.claim.tokens[place].text})
    return Finding(reason=reason, place=place, evidence=evidence)
