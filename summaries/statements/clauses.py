"""Where reported words begin and end. Offsets are of the text as given."""

import re
from dataclasses import dataclass, replace

from summaries.reading import Parsed
from summaries.statements.verbs import COMPLEMENTISERS, NEEDS_COMPLEMENT, Verb, verb_of
from summaries.text import fold, known_word
from summaries.types import Span

OPENING, CLOSING = '«“"„', '»”"'
FARTHEST = 34  # tokens between a verb and its words: a speaker with an apposition
_NARRATOR = re.compile(
    r"[،؛,]\s*(?:بينما|فيما|في حين|وهو ما|وهي|وذلك|مما|الأمر الذي|في وقت|في إشارة|في الوقت الذي|وكان|وكانت"
    r"|الا ان|إلا أن|حسب|بحسب|وفق|وفقا|وفقًا|طبقا|نقلا عن|على حد|كما ذكر|كما أفاد|يذكر ان|جاء ذلك)(?=\s)"
)
_TAIL = re.compile(r"[\s.،,؛:!؟»”\"]+$")
_SHORT_NAME = 4  # words: a longer quotation is no name


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Reported words: where the speaker's part ends (token), where they begin and end, and whether quoted whole."""

    before: int  # the first token that no longer belongs to verb and speaker
    start: int
    end: int
    direct: bool
    bare: bool = False  # without complementiser, colon or quotation mark
    link: str = ""  # the complementiser or preposition as written


def content_after(parsed: Parsed, at: int, last: int, verb: Verb, sentence: Span) -> Words | None:
    """The words that the verb at token `at` introduces, within its sentence; `last` is one past its last token."""
    linked: tuple[int, int] | None = None
    for place in range(at + 1, min(last, at + FARTHEST)):
        token = parsed.tokens[place]
        gap = parsed.text[parsed.tokens[place - 1].end : token.start]
        opened = _opens(parsed, place, gap, sentence)
        if opened is not None:
            return _quoted(parsed, place, opened, sentence)
        if ":" in gap and place > at:
            return _indirect(parsed, place, token.start, sentence)
        if token.folded in COMPLEMENTISERS:
            if parsed.tokens[place - 1].folded in _OTHER_ANNA:
                break
            return _linked(parsed, _after_complementiser(parsed, place, last, sentence), verb)
        other = verb_of(token.folded)
        if (
            other is not None
            and not other[0].participle
            and place > at + 1
            and other[0].form not in NEEDS_COMPLEMENT
        ):
            break
        if linked is None:
            linked = _link(parsed, place, token.folded, verb, at, last)
    if linked is not None:
        return _linked(parsed, _indirect(parsed, linked[0], linked[1], sentence, bare=True), verb)
    return None


def _linked(parsed: Parsed, words: Words | None, verb: Verb) -> Words | None:
    """The words with what joins them to the verb: «إن», «على أن», «عن», «ب»."""
    if words is None or words.direct:
        return words
    start = parsed.tokens[words.before].start
    before = parsed.tokens[words.before - 1]
    if before.folded in verb.links and parsed.tokens[words.before].folded in COMPLEMENTISERS:
        start = before.start
    return replace(words, link=parsed.text[start : words.start].strip(' :"«“„'))


def _link(parsed: Parsed, place: int, folded: str, verb: Verb, at: int, last: int) -> tuple[int, int] | None:
    """Where the object begins after the verb's own preposition, written apart (على) or joined (ب)."""
    if place + 1 < last and folded in verb.links and place - at <= 12:
        following = parsed.tokens[place + 1]
        return (place, following.start) if following.folded not in COMPLEMENTISERS else None
    for link in verb.links & {"ب", "ل"}:
        joined = folded.startswith(link) and len(folded) > 3 and not _whole_word(parsed, place)
        if joined and place > at + (1 if verb.addressee else 0) and place - at <= 14:
            return place, parsed.tokens[place].start + 1
    return None


def _whole_word(parsed: Parsed, place: int) -> bool:
    """Whether a word that begins with ب or ل is a name or a word of its own, and not a preposition with its noun."""
    token = parsed.tokens[place]
    near = parsed.mentions_in(Span(start=max(0, token.start - 40), end=token.start + 1))
    return any(mention.end > token.start for mention in near) or known_word(token.text)


def _opens(parsed: Parsed, place: int, gap: str, sentence: Span) -> int | None:
    """The offset after a quotation mark that opens reported words here; None where it frames a name."""
    marks = [i for i, c in enumerate(gap) if c in OPENING]
    if not marks:
        return None
    begin = parsed.tokens[place - 1].end + marks[-1]
    mark = parsed.text[begin]
    if mark == '"' and parsed.text.count('"', sentence.start, begin) % 2 == 1:
        return None  # it closes
    close = _closing(parsed.text, begin, sentence.end)
    inside = parsed.tokens_in(Span(start=begin + 1, end=close))
    if len(inside) <= _SHORT_NAME and ":" not in gap and close < sentence.end:
        return None
    return begin + 1


def _closing(text: str, begin: int, end: int) -> int:
    """The offset of the mark that closes the one at `begin`, or the end."""
    wanted = {"«": "»", "“": "”"}.get(text[begin], '"')
    found = text.find(wanted, begin + 1, end)
    return found if found >= 0 else end


def _quoted(parsed: Parsed, place: int, start: int, sentence: Span) -> Words:
    close = _closing(parsed.text, start - 1, sentence.end)
    return Words(before=place, start=start, end=trimmed_end(parsed.text, start, close), direct=True)


def _after_complementiser(parsed: Parsed, place: int, last: int, sentence: Span) -> Words | None:
    if place + 1 >= last:
        return None
    following = parsed.tokens[place + 1]
    gap = parsed.text[parsed.tokens[place].end : following.start]
    if any(c in OPENING for c in gap):
        begin = parsed.tokens[place].end + max(i for i, c in enumerate(gap) if c in OPENING)
        close = _closing(parsed.text, begin, sentence.end)
        words = len(parsed.tokens_in(Span(start=begin, end=close)))
        rest = parsed.text[close + 1 : sentence.end].strip(" .،,؛\n")
        if words > _SHORT_NAME and (
            not rest or rest[0] in "وف" or parsed.text[close + 1 : close + 2] in ".،"
        ):
            return Words(
                before=place, start=begin + 1, end=trimmed_end(parsed.text, begin + 1, close), direct=True
            )
        return _indirect(parsed, place, begin + 1, sentence)
    return _indirect(parsed, place, following.start, sentence)


def _indirect(parsed: Parsed, before: int, start: int, sentence: Span, *, bare: bool = False) -> Words | None:
    end = clause_end(parsed, start, sentence)
    end = trimmed_end(parsed.text, start, end)
    if end - start < 6:
        return None
    return Words(before=before, start=start, end=end, direct=False, bare=bare)


def clause_end(parsed: Parsed, start: int, sentence: Span) -> int:
    """Where the narrator, another verb of saying or a participle of one takes over."""
    end = sentence.end
    narrator = _NARRATOR.search(parsed.text, start, end)
    if narrator is not None:
        end = narrator.start()
    low, high = parsed.range_of(Span(start=start, end=end))
    for place in range(low + 1, high):
        token = parsed.tokens[place]
        gap = parsed.text[parsed.tokens[place - 1].end : token.start]
        found = verb_of(token.folded)
        if found is None:
            continue
        verb, prefix = found
        if verb.participle and ("،" in gap or "," in gap or '"' in gap or "»" in gap):
            return parsed.tokens[place - 1].end
        fresh = prefix == 1 and ("،" in gap or "," in gap or '"' in gap or "»" in gap or "." in gap)
        if fresh and verb.form not in NEEDS_COMPLEMENT and _introduces(parsed, place, high):
            return parsed.tokens[place - 1].end
        turned = _turn(parsed, place, low)
        if turned is not None and not verb.participle and _introduces(parsed, place, high):
            return parsed.tokens[turned - 1].end
    return end


def _turn(parsed: Parsed, place: int, low: int) -> int | None:
    """The word «لكن» or «إلا أن» after a comma or a quotation, shortly before the verb at `place`, or None."""
    for before in range(place - 1, max(low, place - 11), -1):
        gap = parsed.text[parsed.tokens[before - 1].end : parsed.tokens[before].start]
        if parsed.tokens[before].folded in _BUT and any(mark in gap for mark in '،,."»؛'):
            return before
    return None


def _introduces(parsed: Parsed, place: int, high: int) -> bool:
    """Whether a complementiser or an opening quotation comes soon after the verb: then it begins a new statement."""
    for following in range(place + 1, min(high, place + 10)):
        if parsed.tokens[following].folded in COMPLEMENTISERS or parsed.tokens[following].folded in _LINKS:
            return True
        gap = parsed.text[parsed.tokens[following - 1].end : parsed.tokens[following].start]
        if any(c in gap for c in OPENING + ":"):
            return True
    return False


# After these, أن belongs to them and not to a verb of saying before («يمكن أن», «بعد أن»).
_OTHER_ANNA = frozenset(
    fold(w) for w in "يمكن بعد قبل منذ إلا إذ يجب رغم مع حتى غير ينبغي يبدو دون لابد كما".split()
)
_BUT = frozenset(fold(w) for w in ("لكن", "ولكن", "لكنه", "ولكنه", "لكنها", "ولكنها", "إلا", "غير", "بيد"))
_LINKS = frozenset(fold(word) for word in ("إلى", "على", "عن", "قائلا", "قائلة"))


def trimmed_end(text: str, start: int, end: int) -> int:
    found = _TAIL.search(text, start, end)
    return found.start() if found is not None and found.end() == end else end
