"""Where a verb's subject stands: after it, before it in its clause, or at the head of a sentence."""

from dataclasses import replace

from summaries.statements.outlets import listener_end
from summaries.statements.phrases import LONGEST, Phrase, is_adverb, is_head, noun_phrase, speaks
from summaries.statements.verbs import COMPLEMENTISERS
from summaries.statements.view import CLOSING, OPENING, View
from summaries.statements.words import (
    ADVERBS,
    BORDERS,
    FRONT,
    OPENERS,
    RELATIVES,
    STOPS,
    TITLES,
    folded,
)
from summaries.text import known_word

_LONGEST_FRAMED = 5  # words of a name in quotation marks
_BUT = folded("لكن ولكن بينما فيما")
_STRONGLY = folded("بأشد بأقسى بأقوى بأعنف بأوضح")
_THAT = folded("أن وأن إن وإن فإن بأن")
_CLAUSE_BREAK = frozenset('؛:\n.؟!…–-،,«»"“”')


def after_verb(view: View, verb: int, before: int, *, loose: bool) -> Phrase | None:
    """The speaker between a verb and the word at which what is said (or its link) begins. Adverbs may stand before."""
    first = verb + 1
    while first < before and (is_adverb(view, first) or _points(view, first)):
        first += 1
    told = listener_end(view, first, before) if first < before else first
    first, verb = told, told - 1 if told > first else verb
    if first >= before or (first > verb + 1 and ":" in view.gap(first)) or "\n" in view.gap(first):
        return None
    return _framed(view, first, before) or noun_phrase(view, first, before, loose=loose)


def emphasis(view: View, place: int, high: int) -> int:
    """How many words only say how strongly: «بأشد العبارات», «جملة وتفصيلا»."""
    if place + 1 >= high:
        return 0
    pair = view.folded[place], view.folded[place + 1]
    strong = pair[0] in _STRONGLY and pair[1].startswith("ال")
    return 2 if strong or pair == ("جمله", "وتفصيلا") else 0


def definite_subject(view: View, verb: int, high: int) -> Phrase | None:
    """«استنكر الأزهر الشريف اقتحام …»: a definite noun that nobody knows between a verb and an indefinite one. Were it
    the object, no other could follow it at once.
    """
    first = end = verb + 1
    while end < high and end - first < 2 and view.folded[end].startswith("ال") and view.gap(end) == " ":
        if view.folded[end] in STOPS | TITLES | ADVERBS or view.starts(end) is not None or end in view.verbs:
            return None
        end += 1
    at = end + emphasis(view, end, high)
    if end > first and view.folded[first].endswith("ين"):
        return None  # an object, by its ending: «وناشد المواطنين عدم …»
    if end == first or at >= high or view.gap(at) != " " or view.starts(at) is not None:
        return None
    word, written = view.folded[at], view.tokens[at].text
    other = word in STOPS | TITLES | FRONT | ADVERBS | COMPLEMENTISERS or word.startswith(("ال", "لل", "وال"))
    if other or word.endswith("ا") or len(word) < 3 or not known_word(written):
        return None
    return Phrase(first=first, end=end, person=True)


def of_two(view: View, verb: int, before: int) -> Phrase | None:
    """«حثت الرابطة الأعضاء على»: the first of two definite nouns before the verb's preposition, where the second is no
    adjective of the first.
    """
    first, second = verb + 1, verb + 2
    if before - first < 2 or view.gap(second) != " " or view.starts(first) is not None:
        return None
    both = all(view.folded[at].startswith("ال") and view.folded[at] not in ADVERBS for at in (first, second))
    if (
        not both
        or view.folded[second].endswith(("ي", "يه", "يين", "يون"))
        or view.folded[first].endswith("ين")
    ):
        return None
    return Phrase(first=first, end=second, person=True)


def _points(view: View, place: int) -> bool:
    """Whether a word only points to the title or the names after it («هذه الناشطة», «كل من فلان وفلان»)."""
    if place + 1 >= len(view.folded):
        return False
    pair = view.folded[place], view.folded[place + 1]
    return (pair[0] in {"هذا", "هذه"} and pair[1] in TITLES) or pair == ("كل", "من") or (
        pair[0] == "من" and view.folded[place - 1] == "كل")  # fmt: skip


def _framed(view: View, first: int, before: int) -> Phrase | None:
    """«أعلنت «كتيبة الجبل» أن»: a name in quotation marks, where something follows that can be what is said."""
    if not any(mark in view.gap(first) for mark in OPENING):
        return None
    for end in range(first + 1, min(before, first + _LONGEST_FRAMED) + 1):
        gap = view.gap(end) if end < len(view.tokens) else ""
        if gap[:1] in tuple(CLOSING):
            if end < before and view.folded[end].startswith("و"):
                return None
            plain = not any(mark in gap for mark in "،,.؛:")
            return (
                Phrase(first=first, end=end, person=True) if plain and _is_title(view, first, end) else None
            )
    return None


def _is_title(view: View, first: int, end: int) -> bool:
    """Whether words have the form of an organisation's name: definite («المقاومة الشعبية»), or known."""
    return view.starts(first) is not None or all(word.startswith("ال") for word in view.folded[first:end])


def before_verb(view: View, verb: int, low: int) -> Phrase | None:
    """A subject before its verb, in the clause that the verb belongs to."""
    if verb > low and view.folded[verb - 1] in RELATIVES:
        return _antecedent(view, verb - 1, low)
    first = start = clause_start(view, verb, low)
    while first < verb and view.folded[first] in OPENERS:
        first += 1
    sure = view.folded[verb - 1] == "قد" and _after_was(view, first, start)
    sure = sure or (first > low and view.folded[first - 1] in _BUT and verb - first <= 3)
    sure = sure or (first > low and view.folded[first - 1] in _THAT and verb - first <= 8)
    if first >= verb or not (is_head(view, first) or (sure and view.folded[first] not in FRONT | STOPS)):
        return None
    phrase = noun_phrase(view, first, verb, loose=True)
    if phrase is None or verb - phrase.end > 8:
        return None
    return replace(phrase, person=True) if sure and not is_head(view, first) else phrase


def as_for(view: View, verb: int, low: int) -> Phrase | None:
    """«أما فلان فقال»: whoever stands between «أما» and a verb with «ف»."""
    for first in range(verb - 1, max(low, verb - LONGEST) - 1, -1):
        if view.folded[first] in {"اما", "واما"}:
            return noun_phrase(view, first + 1, verb, loose=False) if is_head(view, first + 1) else None
        if any(mark in view.gap(first + 1) for mark in ".؛:\n"):
            break
    return None


def _after_was(view: View, first: int, start: int) -> bool:
    """Whether «كان» or the like stands before the subject («كان فلان قد قال»)."""
    return first > start or (first > 0 and view.folded[first - 1] in OPENERS)


def opening_phrase(view: View, first: int, stop: int) -> Phrase | None:
    """The speaker's phrase that begins at a word for sure, or None."""
    return noun_phrase(view, first, stop, loose=False) if first < stop and is_head(view, first) else None


def clause_start(view: View, at: int, low: int) -> int:
    """The first word of the clause in which a word stands, at most some words back."""
    first = at
    while first > low and at - first < LONGEST + 8:
        if not _CLAUSE_BREAK.isdisjoint(view.gap(first)) or view.folded[first - 1] in BORDERS:
            break
        first -= 1
    return first


def _antecedent(view: View, relative: int, low: int) -> Phrase | None:
    """Whom «الذي» means: the name or title that ends right before it."""
    for first in range(max(low, relative - 6), relative):
        named = view.starts(first)
        if view.folded[first] in TITLES or (named is not None and speaks(named.mention.name)):
            phrase = noun_phrase(view, first, relative, loose=False)
            if phrase is not None and phrase.end == relative:
                return phrase
    return None
