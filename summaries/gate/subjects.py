"""Whose a verb is: the one right after it, or the one before it in its clause."""

from summaries.gate.actors import Actor
from summaries.gate.places import beginning, ending
from summaries.names import Kind
from summaries.reading import Parsed
from summaries.statements.verbs import verb_of
from summaries.text import Token, fold, known_word


def subject(parsed: Parsed, actors: tuple[Actor, ...], place: int, low: int, high: int) -> Actor | None:
    """Whose verb it is: the actor right after it, or else the one right before it in its clause."""
    found = verb_of(parsed.tokens[place].folded)
    if place > low and parsed.tokens[place - 1].folded in _HE:
        return _antecedent(parsed, actors, place - 1, low)
    if found is not None and found[0].participle:
        return _before(parsed, actors, place, low)
    after = next(iter(beginning(actors, place + 1, min(place + 3, high))), None)
    near = after is not None and (after.low == place + 1 or parsed.tokens[place + 1].folded in _ADVERBS)
    if after is not None and near and not after.before and _clear(parsed, place, after.low):
        leading = _leading(parsed, actors, place, low)
        if leading is not None:
            return leading
        if (
            place > low
            and parsed.tokens[place - 1].folded in _RELATIVE
            and not _taken_up(parsed, place, high)
        ):
            return None  # «الشاحنات التي دخلت القطاع»: what «التي» means enters
        return after if agrees(parsed, place, after) else None
    return _topic(parsed, actors, place, low) or _before(parsed, actors, place, low)


_TURNING = frozenset(fold(w) for w in "لكن ولكن أن إن لأن فإن وإن".split())
_TOPIC = 6  # words from whom a clause is about to its verb


def _topic(parsed: Parsed, actors: tuple[Actor, ...], place: int, low: int) -> Actor | None:
    """Whom the clause of a verb is about, with what describes them before it: «لكن مسؤولا في مكتبه قال»."""
    if parsed.tokens[place].folded[:1] in "وف" and verb_of(parsed.tokens[place].folded[1:]) is not None:
        return None
    for actor in reversed([a for a in ending(actors, place - _TOPIC, place) if low < a.low]):
        if parsed.tokens[actor.low - 1].folded not in _TURNING or actor.before:
            continue
        gap = parsed.tokens[actor.high : place]
        between = parsed.between(actor.high - 1, place)
        described = gap[0].folded in _DESCRIBING
        if described and not any(mark in between for mark in "،؛.:") and not any(map(_says, gap)):
            return actor
        return None
    return None


_DESCRIBING = frozenset(fold(w) for w in "في فى من لدى باسم".split())


def _says(token: Token) -> bool:
    return verb_of(token.folded) is not None


_TOPICAL = frozenset(fold(w) for w in "أن إن بأن وأن لأن فإن وإن لكن ولكن".split())
_MASCULINE = frozenset(fold(w) for w in "لبنان العراق المغرب الأردن اليمن السودان الصومال".split())
_MEN = frozenset(
    fold(w)
    for w in "رئيس الرئيس وزير الوزير السفير سفير المتحدث متحدث الناطق المبعوث النائب زعيم الزعيم".split()
)


def _leading(parsed: Parsed, actors: tuple[Actor, ...], place: int, low: int) -> Actor | None:
    """Who stands right before a verb and must be its subject: «إن فلانا أبلغ …», «فلان الذي أبلغ …»."""
    relative = place > low and parsed.tokens[place - 1].folded in _RELATIVE
    end = place - 1 if relative else place
    if relative and parsed.tokens[place].folded.endswith(("ه", "ها", "هم")):
        return None
    for actor in ending(actors, end, end + 1):
        if low <= actor.low and (relative or not actor.before):
            opens = actor.low == low or parsed.tokens[actor.low - 1].folded in _TOPICAL
            return actor if relative or opens else None
    return None


_RESUMING = frozenset(
    fold(w)
    for w in "عنه عنها عنهم به بها بهم فيه فيها له لها لهم عليه عليها منه منها إليه إليها خلاله خلالها".split()
)
_RESUMED = 5  # words after a verb among which a pronoun may take up what «التي» means


def _taken_up(parsed: Parsed, place: int, high: int) -> bool:
    """Whether a pronoun takes up what «الذي» before a verb means, which then suffers: «التي قدمها فلان»."""
    if parsed.tokens[place].folded.endswith(("ه", "ها", "هم", "هما")):
        return True
    return any(
        token.folded in _RESUMING for token in parsed.tokens[place + 1 : min(high, place + 1 + _RESUMED)]
    )


_HE = frozenset(fold(w) for w in "إنه إنها إنهم أنه أنها أنهم بأنه بأنها بأنهم".split())
_BACK = 4  # words from «إنه» back to whom it means


def _antecedent(parsed: Parsed, actors: tuple[Actor, ...], place: int, low: int) -> Actor | None:
    """Whom «إنه» means in «قال فلان إنه …»: who stands right before it after a verb of saying."""
    near = [actor for actor in ending(actors, place - _BACK, place + 1) if low < actor.low]
    actor = near[-1] if near else None
    said = actor is not None and not actor.before and verb_of(parsed.tokens[actor.low - 1].folded) is not None
    return actor if said else None


def agrees(parsed: Parsed, place: int, actor: Actor) -> bool:
    """Whether a verb's gender fits somebody right after it as its subject: in «دعا إسرائيل» it does not."""
    folded = parsed.tokens[place].folded.removeprefix("و").removeprefix("س")
    first = parsed.tokens[actor.low].folded
    feminine = folded.startswith("ت") if len(folded) > 3 and folded[0] in "يت" else folded.endswith("ت")
    state = not actor.words and bool(actor.names) and actor.names[0].kind is Kind.COUNTRY
    if state and first not in _MASCULINE:
        return feminine or folded[-1:] == "ت" or folded[:1] == "ت"
    return not (first in _MEN and folded.endswith("ت") and folded[:1] not in "يت")


_CLOSE = 3  # words from whoever acts to the verb


def _before(parsed: Parsed, actors: tuple[Actor, ...], place: int, low: int) -> Actor | None:
    folded = parsed.tokens[place].folded
    if folded[:1] in "وف" and (verb_of(folded[1:]) is not None or known_word(parsed.tokens[place].text[1:])):
        return None
    near = [a for a in ending(actors, place - _CLOSE, place + 1) if low <= a.low]
    for back, actor in enumerate(reversed(near)):
        gap = parsed.tokens[actor.high : place]
        between = parsed.between(actor.high - 1, place)
        if any(mark in between for mark in "،؛.") and not (gap and gap[0].folded in _RELATIVE):
            break
        if back > 1:
            break
        if (actor.before in ("", "و", "ف") or not gap or gap[0].folded in _RELATIVE) and all(
            token.folded in _BETWEEN for token in gap
        ):
            return _owner(actors, actor) or actor
    return None


def _owner(actors: tuple[Actor, ...], actor: Actor) -> Actor | None:
    """Whose the verb is after «مسؤول في السفارة»: the official's, not the embassy's."""
    if actor.before not in ("في", "فى", "لدي", "من"):
        return None
    return next(iter(ending(actors, actor.low - 1, actor.low)), None)


_RELATIVE = frozenset(fold(w) for w in ("الذي", "التي", "الذين"))
_ADVERBS = frozenset(
    fold(w)
    for w in (
        "ذلك أيضا أمس اليوم مجددا كذلك بدوره بدورها لاحقا مساء صباح علنا رسميا قد من "
        "فيه فيها به بها له لها عليه عليها "
        "إليه إليها منه منها عنه عنها كل كلا كلتا الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد بعض معظم غالبية"
    ).split()
)
_BETWEEN = frozenset(
    fold(w)
    for w in "الذي التي الذين قد كان كانت لم لن لا أيضا فقد وقد أما ف كانوا بدوره بدورها نفسه نفسها".split()
)


def _clear(parsed: Parsed, place: int, low: int) -> bool:
    gap = parsed.between(place, low)
    return not any(mark in gap for mark in ':«»".;؛')
