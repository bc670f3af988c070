"""Titles: the post that a sentence gives to somebody must be theirs in the article."""

from collections.abc import Iterator

from summaries.gate.actors import is_title
from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import Pair
from summaries.gate.parties import Party, alike_heads, head_of, sound
from summaries.gate.words import bare_forms, little
from summaries.names import Kind
from summaries.reading import Parsed
from summaries.statements.verbs import verb_of
from summaries.text import fold
from summaries.types import Reason, Span

_LONG = 7  # words of a title, at most
_AROUND = 9  # words around a name among which its titles stand
_WITHIN = frozenset(fold(w) for w in "باسم لدى شؤون".split())
# What may be said of whoever has a post, and what a title may do without.
_GENERAL = frozenset(
    fold(w)
    for w in "مسؤول مصدر قيادي دبلوماسي سياسي عضو سيد سيدة وزارة مكتب باسم سابق رفيع كبير بارز".split()
)
_HEADS = frozenset(
    fold(w) for w in "رئيس رئيسة مدير مديرة زعيم قائد أمين".split()
)  # of a body, whatever it calls them
_OFFICES = {  # what tells of a post without its title: the verb of holding it, and its abstract noun
    fold(word): fold(title)
    for title, words in {
        "رئيس": "يرأس ترأس رأس يترأس تترأس ترؤس رئاسة برئاسة", "قائد": "يقود تقود قاد قيادة بقيادة",
        "مدير": "يدير تدير أدار إدارة", "زعيم": "يتزعم تتزعم تزعم زعامة بزعامة", "وزير": "وزارة حقيبة",
        "سفير": "سفارة", "أمين": "أمانة", "ناطق": "ينطق تنطق", "متحدث": "يتحدث تتحدث", "مبعوث": "يوفد أوفد إيفاد",
    }.items()
    for word in words.split()
}  # fmt: skip
_SEVERAL = ("ا", "ان", "ون", "ين")  # of two or more: «فلان وفلان، وزيرا كذا وكذا»
_ADJECTIVES = (Kind.DEMONYM, Kind.COUNTRY, Kind.CITY)


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.title` for a title of somebody whom the article gives a title, of which a word is nowhere in it."""
    known = pair.source.parties
    for party in pair.parties:
        others = [other for other in known if not party.ids.isdisjoint(other.ids)]
        if not party.personal or not others or not _titled(pair.source.parsed, others):
            continue
        for title in _titles(pair.claim, party):
            place = next((p for p in title if _uncited(pair, p, others)), None)
            if place is not None:
                text = pair.claim.text[pair.claim.tokens[title[0]].start : pair.claim.tokens[title[-1]].end]
                reason = Reason(code="gate.title", values={"title": text, "name": party.text})
                yield Finding(reason=reason, place=place, evidence=Evidence.EXCHANGED)
                return


def _titled(parsed: Parsed, mentions: list[Party]) -> set[str]:
    """The first words of the titles that stand around somebody's name."""
    return {
        head_of(parsed.tokens[p].folded) for p in _near(parsed, mentions) if is_title(parsed.tokens[p].folded)
    }


def _offices(parsed: Parsed, mentions: list[Party]) -> set[str]:
    """The titles of the posts that words around somebody's name tell of: «الذي يرأس اللجنة»."""
    folded = {parsed.tokens[p].folded for p in _near(parsed, mentions)}
    return {_OFFICES[word] for word in folded & _OFFICES.keys()}


def _near(parsed: Parsed, mentions: list[Party]) -> set[int]:
    return {
        place
        for one in mentions
        for place in range(max(0, one.low - _AROUND), min(len(parsed.tokens), one.high + _AROUND))
    }


def _titles(parsed: Parsed, party: Party) -> Iterator[range]:
    """The places of the titles right before a name, and between commas right after it."""
    low, high = _name(parsed, party)
    if low is None or high is None:
        return
    first = None
    for place in range(low - 1, max(-1, low - 1 - _LONG), -1):
        token = parsed.tokens[place]
        if parsed.between(place, place + 1).strip() or verb_of(token.folded) is not None:
            break
        if is_title(token.folded):
            first = place
        elif not (token.folded.startswith(("ال", "لل")) or place in parsed.named or token.folded in _WITHIN):
            break
    if first is not None and _leads_to_name(parsed, first, low):
        yield range(first, low)
    after = _apposed(parsed, high)
    if after is not None:
        yield range(high, after)


def _apposed(parsed: Parsed, low: int) -> int | None:
    """Where the title of one person ends that stands between commas right after the name; None where none does."""
    if low >= len(parsed.tokens) or "،" not in parsed.between(low - 1, low):
        return None
    folded = parsed.tokens[low].folded
    joined = folded[0] == "و" and is_title(folded[1:])
    if not is_title(folded) or joined or folded.endswith(_SEVERAL):
        return None
    for place in range(low + 1, min(len(parsed.tokens), low + _LONG)):
        gap = parsed.between(place - 1, place)
        if gap.strip():
            return place if "،" in gap else None
    return None


def _name(parsed: Parsed, party: Party) -> tuple[int | None, int | None]:
    """Where the name itself begins and ends among the words of a party."""
    people = {
        place
        for mention in parsed.mentions
        if mention.name.kind is Kind.PERSON
        for place in range(*parsed.range_of(Span(start=mention.start, end=mention.end)))
    }
    own = [
        p for p in range(party.low, party.high) if p in people or sound(parsed.tokens[p].folded) in party.ids
    ]
    return (own[0], own[-1] + 1) if own else (None, None)


def _leads_to_name(parsed: Parsed, first: int, low: int) -> bool:
    """Whether a name is that of who has the title, and not a part of it: «الناطق باسم فلان», «رئيس بلدية كذا»."""
    last = parsed.tokens[low - 1].folded
    return low - first == 1 or last.startswith(("ال", "لل")) or low - 1 in parsed.named


def _uncited(pair: Pair, place: int, mentions: list[Party]) -> bool:
    """Whether a word of a title is in the article in no form and by no word of its group."""
    token, source = pair.claim.tokens[place], pair.source.parsed
    if little(token.folded) or any(
        form in _GENERAL for form in (*bare_forms(token.folded), head_of(token.folded))
    ):
        return False
    if place in pair.claim.named and any(
        m.name.kind in _ADJECTIVES for m in pair.claim.mentions if m.start <= token.start < m.end
    ):
        return False
    if pair.source.names.state_of(token.folded) is not None:
        return False
    own = pair.words.meaning(token.text)
    if any(pair.words.alike(own, pair.words.meaning(other.text)) for other in source.tokens):
        return False
    if not is_title(token.folded):
        return True
    head, heads = head_of(token.folded), _titled(source, mentions) | _offices(source, mentions)
    return not alike_heads({head}, heads) and not (head in _HEADS and not heads.isdisjoint(_HEADS))
