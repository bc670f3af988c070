"""Where reported words begin and end. Offsets are of the text as given, places count words."""

import re
from dataclasses import dataclass

from summaries.statements.verbs import COMPLEMENTISERS, Verb
from summaries.statements.view import CLOSING, OPENING, View
from summaries.statements.words import ADVERBS, RELATIVES, folded
from summaries.text import known_word
from summaries.types import Span

FARTHEST = 34  # words between a verb and what is said: a speaker with an apposition
LONGEST = 1500  # characters of an indirect statement: what is longer has lost its end
_LONGEST_QUOTED = 6000
_NARRATOR = re.compile(
    r"[،؛,]\s*("
    r"بينما|فيما|في حين|وهو ما|وهي|وهو الأمر|وذلك|مما|الأمر الذي|في وقت|في إشارة|في اشارة"
    r"|في الوقت الذي|وكان|وكانت|الا ان|إلا أن|حسب|بحسب|وفق|وفقا|وفقًا|طبقا|نقلا عن|على حد|على ما|حسبما"
    r"|كما ذكر|كما أفاد|كما نقل|كما أورد|كما جاء|كما قال|يذكر ان|يذكر أن|جاء ذلك|علما أن|علما بأن"
    r"|علماً|في خطوة|في تصريح|في مقابلة|في حديث|خلال مقابلة|خلال مؤتمر|في بيان|في أعنف|في أول رد"
    r"|في أحدث|تعليقا|ردا على|رداً على|تعقيبا|كما تشدد|كما شدد|كما أكد|كما دعا|كما طالب"
    r")(?=\s)"
)
_WHILE = frozenset(("بينما", "فيما", "في حين"))
_TAIL = re.compile(r"[\s.،,؛:!؟»”\"]+$")
_SHORT_NAME = 4  # words: a longer quotation is no name
_LONG_NAME = 9  # after «صحيفة», «كتاب» and the like
_TITLED = folded(
    "شبكة قناة صحيفة موقع وكالة مجلة إذاعة برنامج كتاب هيئة منظمة حركة حزب تنظيم عملية منطقة مدينة قرية حي خطة مشروع "
    "فيلم عنوان جماعة كتائب مؤسسة جمعية معهد مركز قانون بعنوان اسم باسم"
)
_CLOSES = {"«": "»", "“": "”", "„": "“"}

# After these, أن belongs to them and not to a verb of saying before («يمكن أن», «بعد أن»).
_OTHER_ANNA = folded(
    "يمكن بعد قبل منذ إلا إذ يجب رغم مع حتى غير ينبغي يبدو دون لابد كما بد المقرر المتوقع المفترض"
)
_BUT = folded("لكن ولكن لكنه ولكنه لكنها ولكنها إلا غير بيد")
_BEFORE_NOUN = folded("في من إلى على عن مع بعد قبل خلال")
_LINKS = folded("إلى على عن قائلا قائلة من")
_COMPOUND = {"من": folded("أجل خلال دون قبل بعد جديد جانب جهة شأن"), "علي": folded("هامش ضوء أساس أثر")}
"""Prepositions of two words: the first is not the verb's."""
_OF_FEELING = frozenset({"أعرب", "عبر"})  # «أن» never follows these by itself: a hope, a fear stands between
_OF_NEED = folded("ضرورة أهمية وجوب")
_LONGEST_OBJECT = 6  # words of «عن أمله الكبير في»


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Reported words: the first word that no longer belongs to verb and speaker, where they begin, and where they
    end if they are quoted (else `None`: the end is sought when the speaker is known).
    """

    before: int
    start: int
    end: int | None = None
    bare: bool = False  # a noun follows the verb: without complementiser, colon or quotation mark
    linked: bool = False  # after the verb's own preposition
    link: str = ""  # what joins them to the verb, as written

    @property
    def direct(self) -> bool:
        return self.end is not None


def content_after(view: View, at: int, last: int, verb: Verb, sentence: Span) -> Words | None:
    """The words that the verb at `at` introduces, within its sentence; `last` is one past its last word."""
    linked: tuple[int, int] | None = None
    for place in range(at + 1, min(last, at + FARTHEST)):
        gap = view.gap(place)
        plain = gap == " "
        if not plain:
            opened = _opens(view, place, gap, sentence)
            if opened is not None:
                return _quoted(view, place, opened, sentence)
            if ":" in gap and place > at:
                return Words(before=place, start=view.tokens[place].start)
            if any(mark in gap for mark in "؛؟!") and place > at + 1:
                break
        if view.folded[place] in COMPLEMENTISERS and place not in view.names:
            if view.folded[place - 1] in _OTHER_ANNA:
                continue
            return after_complementiser(view, place, last, verb, sentence, since=at)
        if _other_verb(view, at, place) or _next_begins(view, at, place, verb, linked is not None):
            break
        if linked is None:
            linked = _link(view, place, verb, at, last)
    if linked is not None:
        link = view.text[view.tokens[linked[0]].start : linked[1]].strip(' "«“„')
        return Words(before=linked[0], start=linked[1], linked=True, link=link)
    return None


def _other_verb(view: View, at: int, place: int) -> bool:
    """Whether another verb of saying takes over before the words begin."""
    other = view.verbs.get(place)
    if other is None or place == at + 1 or other[0].participle or other[0].masdar:
        return False
    if view.folded[place - 1] in RELATIVES or (view.folded[place - 2] in RELATIVES and place - 2 > at):
        return False  # of whom it is said: «الذي كان يتحدث في …»
    noun = view.folded[place - 1] in _BEFORE_NOUN or view.folded[place - 1] == "ان"
    return not other[0].doubtful and not noun and view.starts(place) is None


def _next_begins(view: View, at: int, place: int, verb: Verb, linked: bool) -> bool:
    """Whether «، مؤكدا …» begins what is said next: a verb that has or can have an object has its own before it."""
    other = view.verbs.get(place)
    return (
        other is not None
        and other[0].participle
        and other[0].lemma != "قال"
        and place > at + 1
        and "،" in view.gap(place)
        and (linked or verb.bare)
    )


def _link(view: View, place: int, verb: Verb, at: int, last: int) -> tuple[int, int] | None:
    """Where the object begins after the verb's own preposition, written apart (على) or joined (ب)."""
    word = view.folded[place]
    if place + 1 < last and word in verb.links and place - at <= 14:
        following = place + 1
        if view.folded[following] in _COMPOUND.get(word, ()):
            return None
        return (
            (place, view.tokens[following].start) if view.folded[following] not in COMPLEMENTISERS else None
        )
    for link in verb.links & {"ب", "ل"}:
        joined = word.startswith(link) and len(word) > 2 and not _whole_word(view, place)
        least = 2 if verb.addressee and not verb.object else 1
        if joined and at + least <= place <= at + 14:
            return place, view.tokens[place].start + 1
    return None


def _whole_word(view: View, place: int) -> bool:
    """Whether a word that begins with ب or ل is a name or a word of its own, and not a preposition with its noun."""
    named = view.names.get(place)
    inside = named is not None and (named.first < place or not view.clitic(named))
    word = view.tokens[place].text
    if inside or view.folded[place] in _NO_OBJECT or not known_word(word):
        return inside or view.folded[place] in _NO_OBJECT or len(word) < 4
    return not (known_word(word[1:].lstrip("ـ")) and _complete(view, place))


def _complete(view: View, place: int) -> bool:
    """Whether the phrase before a word wants no other noun: it is definite, a name or set off by a comma. Then «برد»
    is «ب» with its noun, where after «مدير» it would be a noun that belongs to it.
    """
    before = view.folded[place - 1]
    return place - 1 in view.names or before.startswith("ال") or before in ADVERBS or "،" in view.gap(place)


_NO_OBJECT = folded(
    "بشأن بشان باسم بلسان بوضوح بشدة بقوة بعد بين بأنه بأن بدوره بدورها لدى بعض للصحفيين للصحافيين لوكالة"
)


def _opens(view: View, place: int, gap: str, sentence: Span) -> int | None:
    """The offset after a quotation mark that opens reported words here; None where it frames a name."""
    marks = [i for i, c in enumerate(gap) if c in OPENING]
    if not marks:
        return None
    begin = view.tokens[place - 1].end + marks[-1]
    window = max(sentence.start, begin - LONGEST)
    if view.text[begin] == '"' and view.text.count('"', window, begin) % 2 == 1:
        return None  # it closes
    close = _closing(view, begin, sentence.end)
    low, high = view.parsed.range_of(Span(start=begin + 1, end=close))
    titled = view.folded[place - 1].removeprefix("ل").removeprefix("ل").removeprefix("ال") in _TITLED
    if high - low <= (_LONG_NAME if titled else _SHORT_NAME) and ":" not in gap and close < sentence.end:
        return None
    return begin + 1


def quotation_before(view: View, place: int, sentence: Span) -> Words | None:
    """The quotation of more than a few words that closes right before a word of the sentence, or None."""
    if view.folded[place - 1] == "هكذا":
        place -= 1
    closed = next((i for i, c in enumerate(view.gap(place)) if c in CLOSING), None)
    if closed is None or "\n" in view.gap(place):
        return None
    end = view.tokens[place - 1].end + closed
    low = max(sentence.start, end - LONGEST)
    mark = {"»": "«", "”": "“"}.get(view.text[end], '"')
    begin = view.text.rfind(mark, low, end)
    first, last = view.parsed.range_of(Span(start=begin, end=end))
    if begin < 0 or last - first <= _SHORT_NAME or (mark == '"' and view.text.count('"', low, begin) % 2):
        return None
    return Words(before=place, start=begin + 1, end=trimmed_end(view.text, begin + 1, end))


def _closing(view: View, begin: int, end: int) -> int:
    """The offset of the mark that closes the one at `begin`, or the end."""
    end = min(end, begin + _LONGEST_QUOTED)
    found = view.text.find(_CLOSES.get(view.text[begin], '"'), begin + 1, end)
    if found < 0 and view.text[begin] in "“«":
        found = view.text.find('"', begin + 1, end)
    return found if found >= 0 else end


def _quoted(
    view: View, place: int, start: int, sentence: Span, link: str = "", before: int | None = None
) -> Words:
    close = _closing(view, start - 1, sentence.end)
    end = trimmed_end(view.text, start, close)
    return Words(before=place if before is None else before, start=start, end=max(end, start), link=link)


def after_complementiser(
    view: View, place: int, last: int, verb: Verb, sentence: Span, since: int | None = None
) -> Words | None:
    """The words after «أن» at `place`; `since`: the verb's place, where its object may stand before «أن»."""
    if place + 1 >= last:
        return None
    first = _link_start(view, place, verb, since)
    link = view.text[view.tokens[first].start : view.tokens[place].end]
    gap = view.gap(place + 1)
    marks = [i for i, c in enumerate(gap) if c in OPENING]
    if not marks:
        return Words(before=place, start=view.tokens[place + 1].start, link=link)
    begin = view.tokens[place].end + marks[-1]
    close = _closing(view, begin, sentence.end)
    low, high = view.parsed.range_of(Span(start=begin, end=close))
    rest = view.text[close + 1 : min(sentence.end, close + 60)].strip(" .،,؛\n")
    after = view.text[close + 1 : close + 2]
    if high - low > _SHORT_NAME and (not rest or rest[0] in "وف" or after in ".،"):
        return _quoted(view, place, begin + 1, sentence, link)
    return Words(before=place, start=begin + 1, link=link)


def _link_start(view: View, place: int, verb: Verb, since: int | None) -> int:
    """The first word of what joins the verb to the clause: «أن», «إلى أن», «عن أمله في أن», «على ضرورة أن»."""
    if view.folded[place - 1] in verb.links:
        return place - 1
    for first in range(place - 2, max(place - _LONGEST_OBJECT, place if since is None else since), -1):
        apart = any(view.gap(at) != " " for at in range(first + 1, place + 1))
        if not apart and view.folded[first] in verb.links:
            return first if verb.lemma in _OF_FEELING or view.folded[first + 1] in _OF_NEED else place
    return place


def clause_end(view: View, words: Words, sentence: Span, *, plural: bool) -> int:
    """Where the narrator, another verb of saying or a participle of one takes over. A plural participle does only
    where the speaker is plural: else it belongs to somebody within.
    """
    start, noun = words.start, words.bare or words.linked
    end = _narrated(view, start, min(sentence.end, start + LONGEST), noun)
    low, high = view.parsed.range_of(Span(start=start, end=end))
    quoted = False
    inside = low < high and view.tokens[low].start > start  # the words begin within a word, after its «ب»
    for place in range(low + (not inside), high):
        gap = view.gap(place)
        quoted = quoted if gap == " " else _in_quotes(gap, quoted)
        if noun and not quoted and _begins_anew(view, place, gap):
            return view.tokens[place - 1].end
        found = view.verbs.get(place)
        if found is None or quoted or view.starts(place) is not None:
            continue
        border = _border(view, place, low, high, *found, plural, noun)
        if border is not None:
            return view.tokens[border - 1].end
    return end


def _begins_anew(view: View, place: int, gap: str) -> bool:
    """Whether «، والفلسطينيون …» begins a clause of its own after an object that is a noun."""
    if "،" not in gap and "," not in gap:
        return False
    named = view.starts(place)
    joined = view.folded[place].startswith("وال") or (named is not None and view.clitic(named) == "و")
    following = view.folded[place + 1] if place + 1 < len(view.folded) else ""
    return joined and following[:1] in {"ي", "ت"} and len(following) > 3


def _narrated(view: View, start: int, end: int, noun: bool) -> int:
    """Where the narrator takes over, outside quotation marks; «بينما» only where somebody says something after it."""
    for narrator in _NARRATOR.finditer(view.text, start, end):
        low, high = view.parsed.range_of(Span(start=narrator.start(), end=min(end, narrator.end() + 60)))
        if _in_quotes(view.text[start : narrator.start()], False):
            continue
        if noun or narrator[1] not in _WHILE or any(place in view.verbs for place in range(low, high)):
            return narrator.start()
    return end


def _in_quotes(text: str, quoted: bool) -> bool:
    """Whether a quotation is open after `text`, given whether one was before."""
    for mark in text:
        if mark == '"':
            quoted = not quoted
        elif mark in OPENING:
            quoted = True
        elif mark in CLOSING:
            quoted = False
    return quoted


def _border(
    view: View, place: int, low: int, high: int, verb: Verb, prefix: int, plural: bool, noun: bool
) -> int | None:
    """The word before which a statement ends, because of the verb at `place`; `noun`: it is no clause, so that a verb
    joined to it by «و» is not one of its own («رحب بالقرار، وأكد استعداده»).
    """
    gap = view.gap(place)
    after_mark = any(mark in gap for mark in '،,"»”.؛')
    if verb.participle and verb.lemma == "قال" and not prefix:
        return place
    if verb.participle:
        many = view.folded[place].endswith(("ين", "ون"))
        return place if after_mark and not prefix and (plural or not many) else None
    if verb.masdar:
        return None
    own = noun and verb.bare and not verb.doubtful
    if prefix and after_mark and (own or _introduces(view, place, high, verb)):
        return place
    turned = _turn(view, place, low)
    return turned if turned is not None and _introduces(view, place, min(high, place + 8), None) else None


def _turn(view: View, place: int, low: int) -> int | None:
    """The word «لكن» or «إلا أن» after a comma or a quotation, shortly before the verb at `place`, or None."""
    for before in range(place - 1, max(low, place - 11), -1):
        if view.folded[before] in _BUT and any(mark in view.gap(before) for mark in '،,."»؛'):
            return before
    return None


def _introduces(view: View, place: int, high: int, verb: Verb | None) -> bool:
    """Whether a complementiser, the verb's preposition or an opening quotation comes soon after the verb: then it
    begins a new statement.
    """
    for following in range(place + 1, min(high, place + 10)):
        word = view.folded[following]
        if word in COMPLEMENTISERS or (
            verb is not None and word in _LINKS and (word in verb.links or not verb.doubtful)
        ):
            return True
        if any(c in view.gap(following) for c in OPENING + ":"):
            return True
    return False


def trimmed_end(text: str, start: int, end: int) -> int:
    """The end without the marks and blanks before it."""
    found = _TAIL.search(text, max(start, end - 12), end)
    return found.start() if found is not None and found.end() == end else end
