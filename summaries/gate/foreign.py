"""Names that a sentence gives and no list of the gazetteer has: each must be in the article in some spelling."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from summaries.figures import numbers
from summaries.gate.derived import derived
from summaries.gate.pair import Pair
from summaries.gate.strangers import NAMING, strange, unknown
from summaries.gate.transliteration import same_sound, sound_row
from summaries.gate.words import bare_forms, little
from summaries.statements.verbs import verb_of
from summaries.text import Token, fold, known_word

_VOWELS = ("\u064e", "\u064f", "\u0650", "\u0652")
_SHORT = 3  # letters of a word that is too short to be judged by itself
_LIKE = 0.8  # of letters that two spellings of a name share
_FOREIGN_ENDING = re.compile(
    "..(?:برغ|بيرغ|برج|بيرج|شتاين|ستاين|فيتش|فسكي|ويتز|فيلد|هايم|لاند|وورث|فورد|ستون)$"
)
_PLACE_BEFORE = frozenset(
    fold(w)
    for w in (
        "في إلى من قرب عند صوب قبالة شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط مدينة بلدة قرية مخيم محافظة ولاية "
        "إقليم ريف ضاحية ميناء مطار معبر محور سكان أهالي منطقة وادي جبل سهل حي مستشفى ضواحي أطراف قضاء لواء جزيرة "
        "أحياء قلب داخل أنحاء عاصمة تجاه باتجاه نحو مستوطنة"
    ).split()
)


def foreign(pair: Pair) -> Iterator[Token]:
    """The words of the claim that are names and that the article writes in no spelling, nor by their state."""
    spotted = frozenset(unknown(pair.claim))
    for place, token in enumerate(pair.claim.tokens):
        if place in pair.claim.named or len(token.folded) < 2 or token.folded[:1].isdigit():
            continue
        if token.text.endswith(_VOWELS) and token.folded[0] in "يتن":
            continue  # «لم تعزُ»
        if place in spotted or _strange(token) or _first_name(pair, place) or _called(pair, place):
            if not (written_in(pair, place) or _state_meant(pair, token)):
                yield token
        elif _named(pair, place) and not _spelt(pair, token) and not _state_meant(pair, token):
            yield token


def _strange(token: Token) -> bool:
    if not "\u0600" <= token.folded[0] <= "\u06ff" or len(token.folded) <= _SHORT or little(token.folded):
        return False
    return (strange(token.text) and not numbers(token.text)) or (
        _FOREIGN_ENDING.search(token.folded) is not None and verb_of(token.folded) is None
    )


def _first_name(pair: Pair, place: int) -> bool:
    """Whether a word that is one only by what may be joined to it («برندان») stands right before an unknown name."""
    token = pair.claim.tokens[place]
    if place + 1 == len(pair.claim.tokens) or not _joined(pair, place) or _WITH_LETTERS.match(token.folded):
        return False
    return not (
        known_word(token.text)
        or known_word(token.text[1:])
        or little(token.folded)
        or derived(token.text)
        or verb_of(token.folded)
    ) and _strange(pair.claim.tokens[place + 1])


_CALLED = frozenset(
    fold(form + word)
    for word in "بلدة قرية مدينة حي مخيم محور معبر محافظة ولاية مستوطنة جزيرة مطار ميناء".split()
    for form in ("", "ب", "ل", "و")
)


def _called(pair: Pair, place: int) -> bool:
    """Whether a word is what a place is called: definite behind «بلدة», «حي» and the like («حي الزيتون»)."""
    tokens = pair.claim.tokens
    return (
        place > 0
        and tokens[place].folded.startswith("ال")
        and tokens[place - 1].folded in _CALLED
        and _joined(pair, place - 1)
    )


_WITH_LETTERS = re.compile("^(?:[وفبلك]?ال|لل)|.*(?:ه|ها|هم|هما|ت|وا|ون|ين)$")


def _named(pair: Pair, place: int) -> bool:
    """Whether a word of the lists stands as a name."""
    lists, token = pair.source.names, pair.claim.tokens[place]
    if token.text.endswith("ى"):
        return False
    forms = [form for form in _alone(token.folded) if not little(form)]
    if any(form in lists.places or lists.state_of(form) is not None for form in forms):
        return True
    if any(form in lists.ambiguous_places for form in forms) and _beside(pair, place):
        return True
    return _person(pair, place)


def _alone(folded: str) -> set[str]:
    """A word, and without letters joined before it; «ال» belongs to a name."""
    found = {folded} | ({folded[1:]} if folded[0] in "وف" else set())
    for form in tuple(found):
        if form.startswith("لل"):
            found.add("ال" + form[2:])
        elif form[:1] in ("ب", "ل", "ك"):
            found.add(form[1:])
    return {form for form in found if len(form) > 2}


def _beside(pair: Pair, place: int) -> bool:
    """Whether a word such as «في» or «سكان» stands before a place, perhaps before a first word of its name."""
    if place and pair.claim.tokens[place].folded not in pair.source.names.ambiguous_places:
        return True  # «بحلب»
    before = pair.claim.tokens[max(0, place - 2) : place]
    heads = [any(form in _PLACE_BEFORE for form in bare_forms(token.folded)) for token in before]
    return heads[-1:] == [True] or (heads == [True, False] and not _spelt(pair, before[1]))


def _person(pair: Pair, place: int) -> bool:
    """Whether a given name that may be a word stands as a name: with another name behind it, or behind a title or a
    verb of saying; or a family name behind a given one.
    """
    claim, lists = pair.claim, pair.source.names
    token = claim.tokens[place]
    before = claim.tokens[place - 1] if place and _joined(pair, place - 1) else None
    after = claim.tokens[place + 1] if place + 1 < len(claim.tokens) and _joined(pair, place) else None
    if token.folded in lists.family and before is not None:
        return before.folded in lists.given and not verb_of(before.folded)
    bare = token.folded[1:] if token.folded[0] in "وفبلك" else token.folded
    given = next((form for form in (token.folded, bare) if form in lists.given), None)
    if given is None or little(given):
        return False
    if not known_word(given) or (after is not None and after.folded in lists.given | lists.family):
        return True
    if before is None or after is None or little(after.folded):
        return False
    if _spelt(pair, after) and not _family_there(pair, after):
        return False
    titled = before.folded.startswith("ال") or place - 1 in claim.named or before.folded in NAMING
    return (titled or verb_of(before.folded) is not None) and verb_of(after.folded) is None


def _family_there(pair: Pair, token: Token) -> bool:
    """Whether a word is somebody's family name in the article: it follows a given or an unknown name."""
    words = pair.source.parsed.tokens
    return any(
        other.folded == token.folded and (one.folded in pair.source.names.given or strange(one.text))
        for one, other in pairwise(words)
    )


def _joined(pair: Pair, place: int) -> bool:
    """Whether nothing but a blank stands between a word and the next."""
    one, other = pair.claim.tokens[place : place + 2]
    return pair.claim.text[one.end : other.start] == " "


def _spelt(pair: Pair, token: Token) -> bool:
    """Whether a name is in the article in this spelling, or in one that sounds alike."""
    return any(
        form in pair.source.folded
        or any(same_sound(form, other) for other in pair.source.sounds.get(sound_row(form), ()))
        for form in bare_forms(token.folded)
    )


def _state_meant(pair: Pair, token: Token) -> bool:
    """Whether the article names the state that a word stands for: by its capital, or its people."""
    states = {pair.source.names.state_of(form) for form in bare_forms(token.folded)} - {None}
    return bool(states) and not states.isdisjoint(pair.source.states)


def written_in(pair: Pair, place: int) -> bool:
    """Whether a word of the claim is in the article, in this or a near spelling or as another form of the word."""
    token = pair.claim.tokens[place]
    if _spelt(pair, token):
        return True
    own = pair.words.meaning(token.text)
    if any(not own.keys.isdisjoint(term.meaning.keys) for term in pair.cited_terms):
        return True
    near = [
        word
        for word in pair.source.folded
        if abs(len(word) - len(token.folded)) < 2 and word[:1] == token.folded[:1]
    ]
    return any(SequenceMatcher(None, token.folded, word).ratio() >= _LIKE for word in near if len(word) > 3)
