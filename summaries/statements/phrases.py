"""The phrase that names a speaker: where it begins and ends."""

import re
from dataclasses import dataclass

from summaries.names import Kind, Name
from summaries.statements.verbs import COMPLEMENTISERS
from summaries.statements.view import Named, View
from summaries.statements.words import (
    ADJECTIVES,
    ADVERBS,
    AT_COURT,
    COMPOUND,
    ENVOYS,
    FRONT,
    GIVEN_NAMES,
    LEADING_ON,
    LISTENERS,
    OCCASIONS,
    PARTS_OF_DAY,
    PREPOSITIONS,
    STOPS,
    THE_SAME,
    TITLES,
    TO_PRONOUNS,
)
from summaries.text import known_word
from summaries.types import Span

LONGEST = 14  # words of a speaker
SPEAKING_KINDS = frozenset(
    {Kind.PERSON, Kind.OFFICE, Kind.GOVERNMENT, Kind.MINISTRY, Kind.ARMY, Kind.PARLIAMENT, Kind.COUNTRY, Kind.OUTLET,
     Kind.AGENCY, Kind.BODY, Kind.GROUP, Kind.CITY, Kind.DEMONYM, Kind.TITLE}
)  # fmt: skip
_BREAK = re.compile(r"[؛:\n.؟!…)–]|(?<=\s)-|-(?=\s)|،|,")
_COMMA = re.compile(r"^\s*[،,]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun phrase: its first word, one past its last, and whether a person's name is in it."""

    first: int
    end: int
    person: bool = False


@dataclass(slots=True)
class _Reach:
    """What the phrase holds so far."""

    first: int
    loose: bool
    person: bool = False  # complete
    titled: bool = False
    head: Kind | None = None
    open: bool = False  # the last word wants another (وزير …، باسم …)
    leads: bool = False  # a preposition may go on with the title
    names: int = 0  # words that have the form of a name
    joined: int = 0  # «و» between names
    envoy: bool = False  # «لدى» goes on with the title


def noun_phrase(view: View, first: int, stop: int, *, loose: bool) -> Phrase | None:
    """The phrase that begins at word `first`, before `stop`. `loose`: what follows is not its verb's object, so a
    word that nobody knows belongs to it.
    """
    reach, at = _Reach(first, loose), first
    while at < min(stop, first + LONGEST) and (at == first or _goes_over(view, at, reach)):
        step = _step(view, at, reach)
        if step == 0:
            break
        at += step
    at = min(at, stop)
    if at == first:
        return None
    while at - 1 > first and view.folded[at - 1] in PREPOSITIONS:
        at -= 1
    return Phrase(first=first, end=at, person=reach.person or reach.names > 0)


def _goes_over(view: View, at: int, reach: _Reach) -> bool:
    """Whether the phrase goes on over what stands between two words."""
    gap = view.gap(at)
    if not _BREAK.search(gap):
        return True
    named = view.starts(at)
    if _COMMA.match(gap):
        wanted = reach.titled and not reach.person and not reach.names
        return (
            wanted and named is not None and named.mention.name.kind is Kind.PERSON and not view.clitic(named)
        )
    return False


def _step(view: View, at: int, reach: _Reach) -> int:
    """How many words the phrase takes at a place; 0 where it ends."""
    word = view.folded[at]
    named = view.starts(at)
    if word in {"", "ل"}:
        return 0
    if named is not None and (at == reach.first or word not in TITLES or named.end > at + 1):
        return _name(view, named, reach)
    if (
        (word in STOPS and not (word in AT_COURT and reach.envoy))
        or word in COMPLEMENTISERS
        or word[0].isdigit()
        or word.startswith(LISTENERS)
    ):
        return 0
    if word in ADVERBS and (at == reach.first or is_adverb(view, at)):
        return 0
    bare = word[1:] if word[0] == "و" and word not in TITLES else word
    if bare in TITLES:
        return _title(bare, bare != word and at > reach.first, reach)
    if at > reach.first and at in view.verbs and (view.verbs[at][1] or not reach.open) and word not in TITLES:
        return 0
    return _word(view, at, word, reach)


def is_adverb(view: View, place: int) -> bool:
    """Whether a word only says when, how or to whom («قال لي فلان»). «صباح» before what is no day is a name."""
    if view.starts(place) is not None or view.folded[place] not in ADVERBS | TO_PRONOUNS:
        return False
    following = view.folded[place + 1] if place + 1 < len(view.folded) else ""
    return view.folded[place] not in PARTS_OF_DAY or not following.startswith("ال") or following in ADVERBS


def _name(view: View, named: Named, reach: _Reach) -> int:
    kind, clitic = named.mention.name.kind, view.clitic(named)
    inside = named.first > reach.first
    if clitic and not _clitic_allowed(view, named, clitic, reach, inside):
        return 0
    if clitic == "و":
        reach.person = False
    elif not clitic and inside and not _fits(kind, reach):
        return 0
    if kind is Kind.PERSON:
        reach.person, reach.leads = True, False
    if not inside:
        reach.head = kind
    reach.envoy = reach.envoy or view.folded[named.first] in ENVOYS
    reach.titled = reach.titled or kind in {Kind.OFFICE, Kind.TITLE}
    reach.leads = reach.leads or (kind is Kind.OFFICE and not reach.person)
    last = view.folded[named.end - 1]
    reach.open = kind is Kind.TITLE and not last.startswith("ال")
    return named.end - named.first


def _clitic_allowed(view: View, named: Named, clitic: str, reach: _Reach, inside: bool) -> bool:
    if not inside:
        return clitic == "و"
    if clitic.startswith("و"):
        reach.joined += 1
        return clitic == "و" and reach.joined <= 2 and named.mention.name.kind in SPEAKING_KINDS
    listener = named.mention.name.kind in {Kind.OUTLET, Kind.AGENCY} or view.folded[named.first].startswith(
        LISTENERS
    )
    return reach.titled and not reach.person and not reach.names and not listener


def _fits(kind: Kind, reach: _Reach) -> bool:
    """Whether a name without a conjunction belongs to the phrase before it."""
    if reach.open:
        return True
    if reach.person:
        return False
    if kind is Kind.PERSON:
        return reach.titled or (reach.head in {Kind.OFFICE, Kind.TITLE}) or reach.loose
    if kind in {Kind.DEMONYM, Kind.TITLE}:
        return True
    if kind in {Kind.OUTLET, Kind.AGENCY}:
        return reach.titled and reach.head is None
    return reach.titled and reach.loose and reach.head is None


def _title(word: str, joined: bool, reach: _Reach) -> int:
    if joined:
        reach.joined += 1
        reach.person = False
        if reach.joined > 2:
            return 0
    elif reach.person or (
        not reach.open
        and (reach.head is Kind.COUNTRY or (reach.titled and not reach.loose and word.startswith("ال")))
    ):
        return 0
    reach.titled = True
    reach.envoy = reach.envoy or word in ENVOYS
    reach.open = not word.startswith("ال")
    reach.leads = word in LEADING_ON
    return 1


def _word(view: View, at: int, word: str, reach: _Reach) -> int:
    """A word that is neither a name nor a title."""
    if word in THE_SAME:
        return int(at > reach.first)
    if word in {"باسم", "بلسان"}:
        reach.open = True
        return int(reach.titled)
    if word in PREPOSITIONS:
        return _preposition(view, at, reach)
    if at == reach.first:
        return _opening(view, at, word, reach)
    if reach.open or (view.folded[at - 1] in COMPOUND and not reach.person):
        reach.open = reach.open and not word.startswith("ال")
        return 1
    if word in ADJECTIVES or (word.startswith("ال") and word.endswith(("ي", "يه", "يون", "يين", "يتين"))):
        return int(not reach.person)
    if word[0] in "بل" and reach.titled and not reach.person and _is_part(word):
        reach.open = True
        return 1
    if word[0] == "و" and len(word) > 3 and not reach.loose:
        return 0
    return _name_word(view, at, word, reach)


def _is_part(word: str) -> bool:
    """«لشؤون», «للوكالة», «بوزارة»: a preposition that goes on with the title."""
    rest = "ال" + word[2:] if word.startswith("لل") else word[1:]
    return rest in TITLES or rest.startswith("شوون")


def _preposition(view: View, at: int, reach: _Reach) -> int:
    if (
        at == reach.first
        or not (reach.leads or (reach.loose and reach.titled))
        or reach.person
        or reach.names
    ):
        return 0
    following = view.folded[at + 1] if at + 1 < len(view.folded) else ""
    named = view.starts(at + 1)
    place = named is not None or following.removeprefix("ال") in TITLES or following in TITLES or reach.leads
    if (following in OCCASIONS and (named is None or named.end == at + 2)) or not place or following in STOPS:
        return 0
    reach.open, reach.leads = True, False
    return 1


def _opening(view: View, at: int, word: str, reach: _Reach) -> int:
    """Whether a word that nobody knows may begin a speaker's phrase."""
    if (
        word in FRONT | OCCASIONS
        or len(word) < 3
        or (word.endswith("ا") and known_word(view.tokens[at].text))
    ):
        return 0
    known = known_word(view.tokens[at].text)
    if len(word) > 3 and word[0] in "بلك" and not known and known_word(view.tokens[at].text[1:]):
        return 0
    written = view.tokens[at].text
    if (
        not reach.loose
        and (known or word.startswith("ال") or _owned(word, written))
        and word not in GIVEN_NAMES
    ):
        return 0
    reach.names += int(not known)
    return 1


def _owned(word: str, written: str) -> bool:
    """Whether a word ends in a pronoun, as «استعدادها» does, and no name."""
    owned = written.endswith(("ها", "هم", "هما")) or (
        written.endswith("ه") and (known_word(written[:-1]) or known_word(written[:-2] + "ة"))
    )
    return owned and len(word) > 3 and word not in GIVEN_NAMES


def _name_word(view: View, at: int, word: str, reach: _Reach) -> int:
    """Whether a word has the form of a person's name, in a phrase that wants one."""
    if reach.person or reach.names >= 4:
        return 0
    if reach.loose:
        reach.names += int(reach.titled and not known_word(view.tokens[at].text))
        return int(not word.endswith("ا") or word in GIVEN_NAMES or not known_word(view.tokens[at].text))
    if word.startswith("ال"):
        reach.names += 10  # a family's name ends it
        return int(1 <= reach.names - 10 <= 3 and (view.folded[at - 1] in GIVEN_NAMES))
    written = view.tokens[at].text
    if _owned(word, written):
        return 0  # «تخوفها» is what she voices, not her name
    joined = len(word) > 3 and word[0] in "بل" and known_word(written[1:])
    joined = joined or (word.startswith("بال") and known_word(written[3:]))  # «بالقرار» names nobody
    if word not in GIVEN_NAMES and (joined or known_word(written)):
        return 0
    reach.names += 1
    return int(reach.titled or reach.names > 1 or reach.head is not None)


def can_speak(view: View, phrase: Phrase) -> bool:
    """Whether a phrase names somebody, or has a title, or the form of a name."""
    head = view.folded[phrase.first]
    if head in TITLES or head.removeprefix("و") in TITLES or phrase.person:
        return True
    named = view.starts(phrase.first)
    return named is not None and speaks(named.mention.name)


def speaks(name: Name) -> bool:
    """Whether a name can say something: not a place, and a city only where it stands for a government."""
    return name.kind in SPEAKING_KINDS and (name.kind is not Kind.CITY or bool(name.side))


def is_head(view: View, place: int) -> bool:
    """Whether a speaker's phrase begins here for sure: with a title or a name that can speak."""
    named = view.starts(place)
    word = view.folded[place]
    return (
        word in TITLES
        or word.removeprefix("و") in TITLES
        or (named is not None and speaks(named.mention.name))
    )


def span_of(view: View, phrase: Phrase) -> Span:
    """The phrase's span, without a clitic before its first name, with the mark that closes one inside it."""
    start, end = view.tokens[phrase.first].start, view.tokens[phrase.end - 1].end
    named = view.starts(phrase.first)
    head = view.folded[phrase.first]
    if named is not None:
        start = named.mention.start
    elif head[:1] == "و" and head not in TITLES and head[1:] in TITLES:
        start += 1
    text = view.text[start:end]
    if view.text[end : end + 1] in {'"', "»", "”"} and (text.count('"') % 2 or text.count("«") > text.count("»")
                                                       or text.count("“") > text.count("”")):  # fmt: skip
        end += 1
    if view.text[end : end + 1] == ")" and "(" in text:
        end += 1
    return Span(start=start, end=end)
