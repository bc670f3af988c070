"""The verb's strength: زعم never becomes أكد, a demand never an order, a belief never a proof."""

from collections.abc import Iterator

from summaries.gate import speech as s
from summaries.gate.blame import both_blame
from summaries.gate.finding import Evidence, Finding
from summaries.gate.identity import same
from summaries.gate.pair import Pair
from summaries.gate.said import Match, denies_another, matches
from summaries.gate.speech import Speech
from summaries.types import Reason

# What each verb of the source may become in a sentence that does not commit its speaker to more, or to something else.
_ALLOWED: dict[str | None, frozenset[str]] = {
    s.SAY: frozenset(
        {
            s.SAY,
            s.ASSERT,
            s.ANNOUNCE,
            s.SUGGEST,
            s.WARN,
            s.DEMAND,
            s.ASK,
            s.ACCUSE,
            s.DENY,
            s.PROMISE,
            s.CONDEMN,
            s.THREATEN,
        }
    ),
    s.ANNOUNCE: frozenset({s.SAY, s.ASSERT, s.ANNOUNCE, s.PROMISE, s.ADMIT, s.THREATEN}),
    s.ASSERT: frozenset({s.SAY, s.ASSERT, s.ANNOUNCE, s.PROMISE, s.SUGGEST, s.WARN, s.DENY, s.DEMAND}),
    s.CLAIM: frozenset({s.CLAIM, s.SUGGEST, s.ACCUSE}),
    s.SUGGEST: frozenset({s.SUGGEST, s.SAY, s.ACCUSE, s.CLAIM}),
    s.HINT: frozenset({s.HINT, s.SUGGEST, s.SAY}),
    s.DENY: frozenset({s.DENY, s.SAY, s.ASSERT}),
    s.WARN: frozenset({s.WARN, s.SAY, s.ASSERT}),
    s.THREATEN: frozenset({s.THREATEN, s.WARN, s.SAY}),
    s.DEMAND: frozenset({s.DEMAND, s.ASK, s.SAY, s.ASSERT}),
    s.ASK: frozenset({s.ASK, s.DEMAND, s.SAY}),
    s.ORDER: frozenset({s.ORDER, s.DEMAND, s.ASK, s.SAY}),
    s.ACCUSE: frozenset({s.ACCUSE, s.SAY, s.CLAIM, s.SUGGEST, s.CONDEMN}),
    s.CONDEMN: frozenset({s.CONDEMN, s.ACCUSE, s.SAY, s.SUGGEST}),
    s.PROVE: frozenset({s.PROVE, s.SAY, s.ASSERT, s.ANNOUNCE, s.SUGGEST}),
    s.ADMIT: frozenset({s.ADMIT, s.SAY, s.ASSERT, s.ANNOUNCE}),
    s.PROMISE: frozenset({s.PROMISE, s.SAY, s.ASSERT, s.ANNOUNCE}),
    None: frozenset({s.SAY, s.ANNOUNCE, s.SUGGEST, s.WARN, s.DEMAND, s.ASK, s.ACCUSE, s.DENY, s.PROMISE}),
}


_SURE = 0.45  # of the words said that must be met before the verbs are compared


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.strength` where no source verb of the same speaker may become the sentence's verb."""
    for match in matches(pair):
        strength = match.claim.strength
        if strength is None or (match.claim.carried and not match.claim.fresh):
            continue
        if (
            match.likeness < _SURE
            or denies_another(pair, match)
            or _noun_cited(pair, match)
            or _told_as_noun(pair, match)
            or _also_does(pair, match)
        ):
            continue
        sources = [
            other
            for other in (*match.sources, *_governing(match), *_also_said(pair, match))
            if not _another(pair, match.claim, other)
        ]
        if sources and all(strength not in _ALLOWED[other.strength] for other in sources):
            verb = pair.claim.tokens[match.claim.at].text
            at = sources[0].at
            values = {"verb": verb, "source": pair.source.parsed.tokens[at].text}
            yield Finding(
                reason=Reason(code="gate.strength", values=values),
                place=match.claim.at,
                evidence=Evidence.MISSING if match.sources[0].strength is None else Evidence.DIFFERS,
            )


_UNSURE = frozenset({s.CLAIM, s.SUGGEST, s.HINT, None})
_PART = 0.25  # of the best likeness


def _also_said(pair: Pair, match: Match) -> Iterator[Speech]:
    """What else the same one says in the source's sentence: a summary puts «قال …، مقرا …» under either verb."""
    if any(best.strength in _UNSURE for best in match.sources):
        return  # what is claimed is not told under another verb
    ranges = {pair.range_at(best.at) for best in match.sources}
    for speech, likeness in match.given:
        if likeness < _PART * match.likeness:
            continue
        beside = pair.range_at(speech.at) in ranges
        theirs = (
            speech.carried
            or speech.actor is None
            or any(
                best.actor and same(speech.actor, best.actor, pair.source.titles) for best in match.sources
            )
        )
        if beside and theirs:
            yield speech


def _governing(match: Match) -> Iterator[Speech]:
    """The source's speeches within which those stand that the sentence may render: «نفت أن تكون طلبت …»."""
    for speech, _ in match.given:
        if any(speech is not inner and speech.low <= inner.at < speech.high for inner in match.sources):
            yield speech


def _noun_cited(pair: Pair, match: Match) -> bool:
    """Whether the sentence's verb stands in the source as another word: «أكد اعترافه» may become «اعترف»."""
    own = pair.words.meaning(pair.claim.tokens[match.claim.at].text)
    verbs = {speech.at for speech, _ in match.given}
    return any(
        term.place not in verbs and not own.keys.isdisjoint(term.meaning.keys) for term in pair.cited_terms
    )


def _told_as_noun(pair: Pair, match: Match) -> bool:
    """Whether the source's verb stands in the sentence as another word: «بعد زعمه أن …» for «زعم»."""
    theirs = pair.words.meaning(pair.source.parsed.tokens[match.sources[0].at].text)
    return any(t.place != match.claim.at and not theirs.keys.isdisjoint(t.meaning.keys) for t in pair.terms)


_ACTS = frozenset({s.DENY, s.THREATEN, s.CONDEMN, s.PROMISE, s.WARN, s.ACCUSE})


def _also_does(pair: Pair, match: Match) -> bool:
    """Whether the same speaker is cited with the same act of speech: who threatens does so whatever it is about."""
    actor, strength = match.claim.actor, match.claim.strength
    if both_blame(pair.claim.tokens[match.claim.at].folded, (term.token.folded for term in pair.cited_terms)):
        return True
    if actor is None or strength not in _ACTS:
        return False
    if strength == s.DENY and any(
        speech.strength == s.DENY and not speech.actor for speech, _ in match.given
    ):
        return True  # «ونفى ذلك مصدران»
    return any(
        speech.strength == strength and speech.actor and same(actor, speech.actor, pair.source.titles)
        for speech, _ in match.given
    )


def _another(pair: Pair, claim: Speech, source: Speech) -> bool:
    if claim.actor is None or source.actor is None:
        return False
    return same(claim.actor, source.actor, pair.source.titles) is False
