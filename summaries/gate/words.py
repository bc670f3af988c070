"""Words as the gate compares them: by stem, by consonants, by groups of like and of opposite meaning."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from summaries.text import fold, known_word, stem, stop_words

_FRONT = re.compile(r"^(?:وال|فال|بال|كال|ولل|فلل|وسي|وست|لل|ال|سي|ست|سن|و(?=....)|ف(?=....)|[بلكس](?=....))")
_BACK = re.compile(r"(?:هما|تين|تان|ات|ون|ين|ان|وا|ها|هم|نا|يه|ته|ه|ي|ا|ت)$")
_WEAK = re.compile("[اويء]")
_SHORT = 3  # consonants below which a skeleton says too little


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a word without affixes and weak letters, or an empty text where too few are left.

    A light root: «الاقتراح» and «مقترح» meet, «قال» has none.
    """
    bare = _FRONT.sub("", fold(word), count=1)
    for _ in range(2):
        shorter = _BACK.sub("", bare, count=1)
        if len(shorter) < _SHORT:
            break
        bare = shorter
    if len(bare) > _SHORT and bare[0] in "يتنم":
        bare = bare[1:]
    if len(bare) > _SHORT and bare[1] == "ت":
        bare = bare[0] + bare[2:]  # the eighth form: اختلف، خلاف
    strong = _WEAK.sub("", bare)
    return strong if len(strong) >= _SHORT else ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may stand for: stem and consonants, groups of like words, sides of opposites."""

    keys: frozenset[str]
    groups: frozenset[int]
    sides: frozenset[int]  # of pair n: 2n and 2n + 1


class Words:
    """The groups of like and opposite words. Made once; read-only afterwards."""

    def __init__(self, synonyms: Iterable[str], opposites: Iterable[str]) -> None:
        self._groups: dict[str, set[int]] = defaultdict(set)
        self._sides: dict[str, set[int]] = defaultdict(set)
        for number, group in enumerate(synonyms):
            _enter(self._groups, group, number)
        for number, pair in enumerate(opposites):
            for side, words in enumerate(pair.split("|")):
                _enter(self._sides, words, 2 * number + side)
        self.meaning = lru_cache(maxsize=100_000)(self._meaning)

    @classmethod
    def parse(cls, text: str) -> "Words":
        """The words of a TOML file with `synonyms` and `opposites`."""
        value: Mapping[str, list[str]] = tomllib.loads(text)
        return cls(value["synonyms"], value["opposites"])

    def _meaning(self, word: str) -> Meaning:
        own = keys(word)
        wide = own | bases(word)
        return Meaning(
            keys=own,
            groups=frozenset(number for key in wide for number in self._groups.get(key, ())),
            sides=frozenset(
                number for key in wide if not key.startswith("~") for number in self._sides.get(key, ())
            ),
        )

    def alike(self, one: Meaning, other: Meaning) -> bool:
        """Whether two words may say the same."""
        return not one.keys.isdisjoint(other.keys) or not one.groups.isdisjoint(other.groups)

    def opposed(self, one: Meaning, other: Meaning) -> bool:
        """Whether two words say opposite things, and in no sense the same."""
        if self.alike(one, other) or not one.sides.isdisjoint(other.sides):
            return False
        return any(side ^ 1 in other.sides for side in one.sides)


def _enter(table: dict[str, set[int]], words: str, number: int) -> None:
    for word in words.split():
        exact = word.startswith("=")  # the word and its forms, not whatever else has its consonants
        bare = word.removeprefix("=")
        for key in keys(bare) | bases(bare, entry=True):
            if exact and key.startswith("~"):
                continue
            table[key].add(number)


_CHANGING = re.compile("[اويءهت]")
_ROOT = 3


@lru_cache(maxsize=100_000)
def root_of(folded: str) -> str:
    """The three letters of a folded word that no form changes («نقص» of «ناقص»), or nothing where it has fewer."""
    rest = folded.removeprefix("و").removeprefix("ال").removeprefix("ب").removeprefix("ل")
    letters = _CHANGING.sub("", rest)
    return letters if len(letters) == _ROOT else ""


@lru_cache(maxsize=200_000)
def keys(word: str) -> frozenset[str]:
    """The stem of a word as written, without «his», «her», «their» too, and its consonants marked as such."""
    found = {stem(word)}
    for own in ("هما", "ها", "هم", "ه"):
        rest = word.removesuffix(own)
        if rest != word and len(rest) > 1 and known_word(rest):
            found.add(stem(rest))
            break
    bare = skeleton(word)
    if bare:
        found.add("~" + bare)
    return frozenset(found)


_AFFIXES = re.compile(r"^(?:[وف])?(?:ال|لل|بال|س?[يتن]|ا(?=...)|[بلك])")
_ENDINGS = re.compile(r"(?:تهما|تهم|تها|ته|هما|هم|ها|ه|وا|ون|ين|تان|تين|ان|ات|تا|ت|ا|نا|ي)$")


@lru_cache(maxsize=100_000)
def bases(word: str, entry: bool = False) -> frozenset[str]:
    """What may be left of a word without the letters of person, tense and possession, marked as such.

    Generous: it is looked up among the words of the groups alone. `entry`: the word is such a word itself, which
    loses a first alef only.
    """
    folded = fold(word)
    found = {folded}
    if entry:
        found |= {folded.removeprefix("ا")} if len(folded) > 3 else set()
    else:
        found |= {folded[1:]} if folded[0] in "وف" and len(folded) > 4 else set()
        found |= {_AFFIXES.sub("", form, count=1) for form in found}
    found |= {_ENDINGS.sub("", form, count=1) for form in found}
    return frozenset("^" + form for form in found if len(form) >= _SHORT)


_LITTLE = frozenset(
    fold(word)
    for word in (
        "إن أن لأن بأن وأن فإن لكن ولكن إذ إذا بل ثم حتى لو لولا ما لا لم لن ليس غير دون عدم هو هي هم هما "
        "كما كان كانت "
        "تم يتم جرى أي كل بعض أحد ذات نفس مثل بشأن حول عن على من إلى في مع لدى عند وقد قد لقد أيضا حين حيث"
    ).split()
)


@lru_cache(maxsize=100_000)
def little(word: str) -> bool:
    """Whether a folded word is a particle or stop word, which says nothing of the matter."""
    return len(word) < 2 or word in stop_words or word in _LITTLE or (word[1:] in _LITTLE and word[0] in "وف")


def verbal_noun(folded: str) -> bool:
    """Whether the form of a folded word is that of a verbal noun and of no finite verb: «انتخاب», «تشكيل», «وجود»;
    hollow verbs («اغتال», «استعاد», «أعاد») are told from them by their length.
    """
    if len(folded) == len("وجود"):
        return (folded[2] == "و" and folded[0] not in "ايتنس") or (
            folded[2] == "ا" and folded[0] not in "ايتنسوف"
        )
    if len(folded) == len("تشكيل") and folded[0] == "ت":
        return folded[3] == "ي"
    if len(folded) < len("إعلان") or folded[0] != "ا" or folded[-2] != "ا":
        return False
    return (
        folded[2] != "ت"
        if len(folded) == len("إعلان")
        else len(folded) > len("استعاد") or folded[:3] != "است"
    )


_FRONTS = (
    "", "ال", "و", "ف", "ب", "ل", "ك", "س", "ي", "ت", "ن", "أ", "وال", "فال", "بال", "كال", "لل",
    "ولل", "سي", "ست", "سن", "وي", "وت", "وسي", "وست", "فست", "فسي", "وب", "ول", "في", "فت", "لي",
    "لت", "يت", "تت", "است",
)  # fmt: skip
_BACKS = (
    "", "ه", "ها", "هم", "هما", "نا", "ي", "ا", "اً", "وا", "ون", "ين", "ان", "ات", "ة", "ت", "تا",
    "تم", "ته", "تها", "تهم", "تهما", "اته", "اتها", "اتهم", "تين", "تان", "وه", "وها", "وهم",
    "ية", "يا", "ى", "تنا", "هن", "يين", "يون", "ك", "كم", "ني", "و",
)  # fmt: skip


@lru_cache(maxsize=50_000)
def familiar(word: str) -> bool:
    """Whether a word as written is one of the language's own, with whatever is joined before or after it."""
    if word[0] in "إأ" and familiar("ا" + word[1:]):
        return True
    for front in _FRONTS:
        if not word.startswith(front):
            continue
        for back in _BACKS:
            rest = word[len(front) : len(word) - len(back)]
            if (
                len(rest)
                > (1 if front.endswith(("ال", "لل")) or rest.endswith("آ") or _doubled(front, back) else 2)
                and word.endswith(back)
                and any(known_word(form) for form in _endings(rest, back))
            ):
                return True
    return False


def _doubled(front: str, back: str) -> bool:
    """Whether two letters are enough between these, as those of a verbal noun of a doubled root: «بشن», «لحل»."""
    return front in ("ب", "ل", "وب", "ول") and not back


def _endings(rest: str, back: str) -> tuple[str, ...]:
    """How a word may end where nothing is joined to it: «زيارت(ه)» is «زيارة», «أبقا(هما)» is «أبقى»."""
    if not back:
        return (rest,)
    more = [rest, rest + "ة", rest + "ي", rest + "ى"]
    if rest[-1] in "يو" and back.startswith("ه"):
        more.append(rest[:-1])  # «مؤيدي(ه)»
    if rest[-1] == "آ":
        more.append(rest[:-1] + "أى")  # «رآ(ه)»
    if rest[-1] in "ئؤ":
        more.append(rest[:-1] + "ء")
    if rest[-1] == "ا":
        more.append(rest[:-1] + "ى")
    return tuple(more)


@lru_cache(maxsize=100_000)
def bare_forms(folded: str) -> tuple[str, ...]:
    """A folded word, and what is left without the letters that may be joined before it."""
    found = [folded]
    rest = folded
    if rest[:1] in "وف" and len(rest) > 3:
        rest = rest[1:]
        found.append(rest)
    for clitic in ("لل", "بال", "كال", "ال", "ب", "ل", "ك"):
        if rest.startswith(clitic) and len(rest) > len(clitic) + 2:
            found.append(rest[len(clitic) :])
    return tuple(found)
