"""Roles: who does what to whom. An act in a sentence and the same act in the source must have one agent."""

from collections.abc import Iterator
from dataclasses import dataclass

from summaries.gate.actors import Actor
from summaries.gate.directions import RECEIVING
from summaries.gate.finding import Evidence, Finding
from summaries.gate.identity import same
from summaries.gate.pair import Pair, Term, clause_of
from summaries.gate.places import beginning, covers
from summaries.gate.speech import strength_of
from summaries.gate.subjects import subject
from summaries.gate.words import keys
from summaries.names import Kind
from summaries.reading import Parsed
from summaries.text import fold, forms_of
from summaries.types import Reason

_PASSIVE = ("ُ",)  # a damma on a verb's first letter: أُلغي، حُذر
_PREFIXED = 5  # letters and marks of a verb among which it stands: «استُدعي»
_BY = frozenset(fold(w) for w in ("قبل", "يد", "طرف", "جانب"))
_AROUND, _LIKE_WORDS = 7, 3
_REACH = 9  # words from an act to whom it is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A word of doing with whoever does it and whomever it is done to."""

    place: int
    agent: Actor | None
    patients: tuple[Actor, ...]


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.role` where the agent of an act is another one's, and the source has the two in each other's place,
    or does not speak of the sentence's agent at all; one reason is enough.
    """
    for term in pair.terms:
        if covers(pair.actors, term.place) or term.token.folded in _SHOWING:
            continue
        there = [
            other
            for other in pair.aligned[term.place]
            if not covers(pair.cited_actors, other.place)
            and _acts(pair, other)
            and (other.token.folded in RECEIVING) == (term.token.folded in RECEIVING)  # «سلم», «تسلم»
        ]
        if not there or not _verb(pair.claim, term.place):
            continue
        speaks = strength_of(pair.claim, term.place, 0) is not None
        mine = _act(pair.claim, pair.actors, term.place, 0, len(pair.claim.tokens))
        if mine.agent is None:
            continue
        theirs = [_cited_act(pair, other.place) for other in there]
        known = [act for act in theirs if act.agent is not None]
        if (
            known
            and len(known) == len(theirs)
            and all(_turned(pair, mine, act, speaks=speaks) for act in known)
        ):
            reason = Reason(code="gate.role", values={"actor": mine.agent.text, "act": term.token.text})
            exchanged = all(_exchanged(pair, mine, act) for act in known)
            yield Finding(
                reason=reason, place=term.place, evidence=Evidence.DIFFERS if exchanged else Evidence.MISSING
            )
            return


_SHOWING = forms_of("أبدى/يبدي أعرب/يعرب أظهر/يظهر أجرى/يجري")  # what is shown is the act: «أبدى استعداده»
_LEADING = frozenset(
    fold(w)
    for w in (
        "قد وقد فقد لقد لم لن لا سوف أن وأن إن الذي التي الذين كما بعدما حين عندما إذ بعد حيث ثم "
        "ما أنه أنها إنه إنها فيما بينما لكن ولكن كان كانت"
    ).split()
)
_AGENTIVE = frozenset(
    key
    for w in (
        "رفض امتناع طلب دعوة اتهام ضغط تحذير هجوم قصف زيارة تهديد إعلان "
        "تعهد موافقة اقتراح انسحاب سماح إلغاء معارضة استقبال إنكار نفي تكذيب"
    ).split()
    for key in keys(w)
)


def _verb(parsed: Parsed, place: int) -> bool:
    """Whether a word is likely a finite verb: by its prefix, its ending, or where it stands."""
    token = parsed.tokens[place]
    if token.text.startswith(("ال", "وال", "بال", "لل", "فال")) or token.text.endswith(("ة", "ات", "اء")):
        return False
    if place == 0 or parsed.tokens[place - 1].folded in _LEADING:
        return True
    gap = parsed.between(place - 1, place)
    bare = token.folded[1:] if token.folded[:1] in "وف" and len(token.folded) > 3 else token.folded
    started = "،" in gap or bare is not token.folded
    return bare.startswith(("ي", "سي", "ست")) or (
        started and (bare[:1] == "ت" or bare.endswith("ت") or len(bare) < 6)
    )


def _acts(pair: Pair, term: Term) -> bool:
    """Whether a cited word is a verb, or a noun whose genitive is the one who acts («رفض حماس»)."""
    return _verb(pair.source.parsed, term.place) or not term.meaning.keys.isdisjoint(_AGENTIVE)


def _cited_act(pair: Pair, place: int) -> Act:
    low, high = pair.range_at(place)
    return _act(pair.source.parsed, pair.cited_actors, place, low, high)


def _act(parsed: Parsed, actors: tuple[Actor, ...], place: int, low: int, high: int) -> Act:
    passive = any(mark in parsed.tokens[place].text[:_PREFIXED] for mark in _PASSIVE)
    agent = _source_of(parsed, actors, place) or subject(parsed, actors, place, low, high)
    _, end = clause_of(parsed, place, low, high)
    after = [
        a
        for a in beginning(actors, place + 1, min(end, place + _REACH))
        if a is not agent and a.before not in ("و", "ف")
    ]
    if passive:
        by = next((a for a in after if a.low >= 2 and _by(parsed, a)), None)
        return Act(place=place, agent=by, patients=(agent,) if agent else ())
    return Act(place=place, agent=agent, patients=tuple(after[:2]))


def _source_of(parsed: Parsed, actors: tuple[Actor, ...], place: int) -> Actor | None:
    """Whose a noun is that stands with «من»: «طلبا من نتنياهو»."""
    token = parsed.tokens[place]
    if not token.folded.endswith("ا") and not token.folded.startswith("ال"):
        return None
    return next((a for a in beginning(actors, place + 2, place + 3) if a.before == "من"), None)


def _by(parsed: Parsed, actor: Actor) -> bool:
    before = parsed.tokens[actor.low - 1].folded
    place = any(name.kind in (Kind.CITY, Kind.COUNTRY, Kind.PLACE) for name in actor.names)
    return before in _BY or (before == "من" and not place)


def _turned(pair: Pair, mine: Act, theirs: Act, *, speaks: bool) -> bool:
    """Whether the agents differ for certain, and there is a sign that they have changed places."""
    titles = pair.source.titles
    if mine.agent is None or theirs.agent is None:
        return False
    if same(mine.agent, theirs.agent, titles) is not False:
        return False
    exchanged = _exchanged(pair, mine, theirs)
    if speaks or exchanged:
        return exchanged
    return not pair.may_be_cited(mine.agent) or _same_act(pair, mine, theirs)


def _exchanged(pair: Pair, mine: Act, theirs: Act) -> bool:
    """Whether one who acts here is acted on there."""
    titles = pair.source.titles
    suffers = any(mine.agent and same(mine.agent, patient, titles) for patient in theirs.patients)
    return suffers or any(theirs.agent and same(p, theirs.agent, titles) for p in mine.patients)


def _same_act(pair: Pair, mine: Act, theirs: Act) -> bool:
    """Whether the two are one word, or words alike with three like words around them."""
    one = pair.words.meaning(pair.claim.tokens[mine.place].text)
    other = pair.words.meaning(pair.source.parsed.tokens[theirs.place].text)
    if not one.keys.isdisjoint(other.keys):
        return True
    near = [term for term in pair.terms if 0 < abs(term.place - mine.place) <= _AROUND]
    met = sum(
        any(abs(o.place - theirs.place) <= _AROUND + 2 for o in pair.aligned[term.place]) for term in near
    )
    return met >= _LIKE_WORDS
