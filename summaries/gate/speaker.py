"""The speaker: what a sentence has somebody say must be said by the same one in what is cited."""

from collections.abc import Iterator

from summaries.gate.actors import Actor
from summaries.gate.finding import Evidence, Finding
from summaries.gate.identity import same
from summaries.gate.pair import Pair
from summaries.gate.places import beginning
from summaries.gate.said import Match, denies_another, matches
from summaries.gate.speech import ASK, DEMAND, ORDER, PROMISE, THREATEN
from summaries.gate.words import keys, little
from summaries.reading import Parsed
from summaries.statements.verbs import COMPLEMENTISERS
from summaries.text import forms_of
from summaries.types import Reason

_SURE = 0.5  # of the words said that must be met before the speakers are compared
_SURE_OF_VERB = 0.4
_PART = 0.4  # of the best likeness
_OPENING = 4  # words into a sentence within which its subject stands


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.speaker` where everybody who says this in the source is somebody else."""
    yield from _from_elsewhere(pair)
    for match in matches(pair):
        actor = match.claim.actor
        if actor is None or match.claim.carried or match.likeness < _sure(pair, match):
            continue
        speakers = [speech.actor for speech in match.sources]
        if (
            any(speaker is None for speaker in speakers)
            or denies_another(pair, match)
            or _beside(pair, actor, match)
            or _also_says(pair, actor, match)
            or _of_reported(pair, actor, match)
            or _also_feels(pair, actor, match)
            or _act_within(pair, actor, match)
        ):
            continue
        if all(_other(pair, actor, speaker) for speaker in speakers if speaker):
            known = [speaker for speaker in speakers if speaker]
            told_apart = all(same(actor, speaker, pair.source.titles) is False for speaker in known)
            yield Finding(
                reason=Reason(code="gate.speaker", values={"speaker": actor.text, "source": known[0].text}),
                place=min(match.claim.at, actor.low),
                high=max(match.claim.at + 1, actor.high),
                evidence=Evidence.DIFFERS if told_apart else Evidence.MISSING,
            )


def _sure(pair: Pair, match: Match) -> float:
    """The share of words said that must be met: fewer where the verb is the same, which is a word met too."""
    verb = {term.place for term in pair.terms if term.place == match.claim.at}
    return (
        _SURE_OF_VERB
        if any(verb & {t.place for t in pair.rendered.get(s.at, ())} for s in match.sources)
        else _SURE
    )


_TITLE = 4  # words around a name among which its titles stand
_SUBJECT = 5  # words after a verb of saying among which its subject is


def _from_elsewhere(pair: Pair) -> Iterator[Finding]:
    """A speaker whom the article has elsewhere, while what is cited names another right after the verb."""
    titles, source = pair.source.titles, pair.source.parsed
    for match in matches(pair):
        actor, best = match.claim.actor, match.sources[0]
        if actor is None or match.claim.carried or match.likeness < _SURE or best.strength is None:
            continue
        if any(
            same(actor, other, titles) is not False and _titled_alike(actor, other)
            for other in pair.cited_actors
        ):
            continue
        subject = _named_after(source, best.at, pair.range_at(best.at)[1])
        known = [other for other in pair.source.actors if same(actor, other, titles) is True]
        if not subject or not known or not actor.words or not actor.words.isdisjoint(pair.cited_keys):
            continue
        words = {key for place in subject for key in keys(source.tokens[place].text)}
        beside = {
            key
            for other in known
            for token in source.tokens[max(0, other.low - _TITLE) : other.high + _TITLE]
            for key in keys(token.text)
        }
        if words.isdisjoint(beside):
            named = source.text[source.tokens[subject[0]].start : source.tokens[subject[-1]].end]
            yield Finding(
                reason=Reason(code="gate.speaker", values={"speaker": actor.text, "source": named}),
                place=match.claim.at,
                evidence=Evidence.EXCHANGED,
            )


def _titled_alike(one: Actor, other: Actor) -> bool:
    return not one.words.isdisjoint(other.words) or not one.ids.isdisjoint(other.ids)


def _named_after(parsed: Parsed, verb: int, high: int) -> list[int]:
    """The places of whoever is named right after a verb of saying; none where it goes on with a pronoun's speaker."""
    found: list[int] = []
    for place in range(verb + 1, min(high, verb + 1 + _SUBJECT)):
        token = parsed.tokens[place]
        if (
            parsed.between(place - 1, place).strip()
            or little(token.folded)
            or token.folded in COMPLEMENTISERS
        ):
            break
        found.append(place)
    return found


def _also_says(pair: Pair, actor: Actor, match: Match) -> bool:
    """Whether the same one is found to say a good part of it within what another reports, in the same sentence."""
    at = match.sources[0].at
    low, high = pair.range_at(at)
    return any(
        speech.actor is not None
        and low <= speech.at < high
        and likeness >= _PART * match.likeness
        and same(actor, speech.actor, pair.source.titles)
        for speech, likeness in match.given
    )


def _of_reported(pair: Pair, actor: Actor, match: Match) -> bool:
    """Whether the source gives with «بحسب» alone what happened, and this one too speaks in what is cited: about it."""
    return all(speech.strength is None for speech in match.sources) and any(
        speech.strength is not None and speech.actor and same(actor, speech.actor, pair.source.titles)
        for speech, _ in match.given
    )


_FEELING = forms_of("أبدى/يبدي أعرب/يعرب عبر/يعبر")


def _also_feels(pair: Pair, actor: Actor, match: Match) -> bool:
    """Whether it is a feeling, «أبدى أسفه», and the same one is found in what is cited: feelings have many words."""
    return pair.claim.tokens[match.claim.at].folded in _FEELING and any(
        same(actor, other, pair.source.titles) for other in pair.cited_actors
    )


_ACTS = frozenset((PROMISE, DEMAND, ORDER, ASK, THREATEN))


def _act_within(pair: Pair, actor: Actor, match: Match) -> bool:
    """Whether the sentence tells an act and gives as its speaker the one who tells of it in the source, where the
    agent is named too: «تعهد فلان بفتح المعبر، على ما أفاد البيت الأبيض».
    """
    if match.claim.strength not in _ACTS:
        return False
    titles = pair.source.titles
    framing = [
        m.claim.actor for m in matches(pair) if m.claim.actor and (m.claim.whole or m.claim.strength is None)
    ]
    return any(
        any(same(frame, speech.actor, titles) for frame in framing if speech.actor)
        and any(same(actor, other, titles) for other in beginning(pair.cited_actors, speech.low, speech.high))
        for speech in match.sources
    )


def _beside(pair: Pair, actor: Actor, match: Match) -> bool:
    """Whether the sentence's speaker stands in the same source sentence without being found to say anything else:
    then it may be them who say it, with a verb that is not known.
    """
    for low, high in pair.ranges:
        found = [speech for speech in match.sources if low <= speech.at < high]
        if not found:
            continue
        near = beginning(pair.cited_actors, low, high)
        here = [other for other in near if same(actor, other, pair.source.titles)]
        if here and any(speech.strength is None for speech in found):
            return True
        speaking = [s.actor for s, _ in match.given if s.actor and low <= s.at < high]
        if here and not any(same(actor, speaker, pair.source.titles) for speaker in speaking):
            return any(
                a.before in ("", "و", "ف")
                and (a.low - low < _OPENING or _acts_anew(pair, a))
                and not _turned(pair, a.high, found[0].at)
                for a in here
            )
    return False


def _acts_anew(pair: Pair, actor: Actor) -> bool:
    """Whether somebody stands right after a verb that begins a clause of its own: «…، فسارع فلان إلى …»."""
    source = pair.source.parsed
    verb = source.tokens[max(0, actor.low - 1)].folded
    joined = actor.low > 1 and verb[0] in "وف" and not little(verb)
    return joined and "،" in source.between(actor.low - 2, actor.low - 1)


_TURNS = frozenset(("لكن", "ولكن", "بينما", "فيما"))


def _turned(pair: Pair, low: int, high: int) -> bool:
    """Whether the sentence turns to somebody else between two places."""
    return any(token.folded in _TURNS for token in pair.source.parsed.tokens[low:high])


def _other(pair: Pair, actor: Actor, speaker: Actor) -> bool:
    found = same(actor, speaker, pair.source.titles)
    return found is False or (found is None and _exchanged(pair, actor, speaker))


def _exchanged(pair: Pair, actor: Actor, speaker: Actor) -> bool:
    """Whether the sentence's speaker is somebody else who is cited too, while whoever speaks in the source has
    another title.
    """
    if actor.before not in ("", "و", "ف") or not _told_apart(actor, speaker):
        return False
    return any(
        other is not speaker and same(actor, other, pair.source.titles) and _told_apart(other, speaker)
        for other in pair.cited_actors
    )


_OUTLETS = frozenset(
    key for word in "موقع صحيفة قناة وكالة شبكة إذاعة مجلة تقرير بيان".split() for key in keys(word)
)


def _told_apart(one: Actor, other: Actor) -> bool:
    """Whether two have titles that do not begin alike, and neither speaks for the other."""
    titled = bool(one.head and other.head) and one.head.isdisjoint(other.head)
    bound = (one.serves | one.ids | one.sides) & (other.serves | other.ids | other.sides)
    outlet = not (one.head | other.head).isdisjoint(_OUTLETS)  # carries what others say
    return titled and not bound and not outlet
