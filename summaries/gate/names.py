"""Names: each that a sentence gives must be in the article, under whatever spelling or title."""

from collections.abc import Iterator

from summaries.gate.foreign import foreign
from summaries.gate.identity import same
from summaries.gate.namelists import land_stem
from summaries.gate.pair import Pair
from summaries.gate.places import beginning
from summaries.gate.words import bare_forms, keys
from summaries.names import Kind, Mention, Name
from summaries.reading import Parsed
from summaries.text import fold
from summaries.types import Reason

_OF_A_STATE = frozenset(
    {Kind.COUNTRY, Kind.CITY, Kind.GOVERNMENT, Kind.DEMONYM, Kind.OFFICE, Kind.MINISTRY, Kind.ARMY, Kind.PARLIAMENT}
)  # fmt: skip
_ONE_HOLDER = frozenset(
    ("president", "leader", "foreign-minister", "defence-minister", "minister", "ambassador", "security", "envoy",
     "spokesperson")
)  # fmt: skip
_SORTS = frozenset(fold(w) for w in "حزب حركة جماعة وزارة منتخب وكالة مجلس قناة صحيفة".split())


def check(pair: Pair) -> Iterator[Reason]:
    """`gate.name` for each name, known or unknown, that is nowhere in the article."""
    for mention in pair.claim.mentions:
        if mention.name.kind not in (Kind.NONE, Kind.TITLE) and not _known(pair, mention):
            yield Reason(code="gate.name", values={"name": pair.claim.text[mention.start : mention.end]})
    for mention in _in_another_city(pair):
        yield Reason(code="gate.name", values={"name": pair.claim.text[mention.start : mention.end]})
    for mention in _elsewhere(pair):
        yield Reason(code="gate.name", values={"name": pair.claim.text[mention.start : mention.end]})
    for token in foreign(pair):
        yield Reason(code="gate.name", values={"name": token.text})


_IN = frozenset(("في", "فى", "الي", "من"))


def _in_another_city(pair: Pair) -> Iterator[Mention]:
    """Cities in which something happens that the article does not name, where what is cited has it in another one that
    the sentence leaves out: behind «في» a capital is no metonym of its state.
    """
    own = {mention.name.id for mention in pair.claim.mentions}
    cited = {m.name.id for m in pair.cited_mentions if _in_city(pair.source.parsed, m)} - own
    if not cited:
        return
    for mention in pair.claim.mentions:
        if mention.name.id not in pair.source.ids and _in_city(pair.claim, mention):
            yield mention


def _in_city(parsed: Parsed, mention: Mention) -> bool:
    place = parsed.range_of_token(mention.start)
    before = parsed.tokens[place - 1].folded if place else ""
    joined = parsed.text[parsed.tokens[place].start : mention.start] == "ب"
    return mention.name.kind is Kind.CITY and (joined or before in _IN)


_REFERRING = frozenset(
    fold(w)
    for w in (
        "نظيره نظيرها ضيفه ضيفها مضيفه رئيسه رئيسها وزيره وزيرها مكتبه مكتبها هو وهو هي وهي قوله قولها "
        "تأكيده وفده"
    ).split()
)


def _elsewhere(pair: Pair) -> Iterator[Mention]:
    """People and outlets of the article whom what is cited neither names nor can mean by a pronoun or a title."""
    named = {mention.name.id for mention in pair.cited_mentions}
    for mention in pair.claim.mentions:
        name = mention.name
        if (
            name.kind not in (Kind.PERSON, Kind.OUTLET, Kind.AGENCY)
            or name.id in named
            or name.id not in pair.source.ids
        ):
            continue
        if not _may_be_meant(pair, mention):
            yield mention


def _may_be_meant(pair: Pair, mention: Mention) -> bool:
    source = pair.source.parsed
    own = next((a for a in pair.actors if mention.name in a.names), None)
    for low, high in pair.ranges:
        if any(token.folded in _REFERRING for token in source.tokens[low:high]):
            return True
        if not beginning(pair.cited_actors, low, low + _SUBJECT):
            return True
    return own is None or any(
        same(own, actor, pair.source.titles) is not False
        for actor in pair.cited_actors
        if actor.definite or not actor.ids
    )


_SUBJECT = 6  # words into a sentence within which its subject stands, where it has one


def _known(pair: Pair, mention: Mention) -> bool:
    name = mention.name
    if name.id in pair.source.ids or name.id in pair.source.meant:
        return True
    own = [token for token in pair.claim.tokens if mention.start < token.end and token.start < mention.end]
    if name.kind is not Kind.PERSON and len(own) > 1 and own[0].folded.removeprefix("ال") in _SORTS:
        own = own[1:]  # «الحزب الجمهوري» and «نائب جمهوري»
    if all(any(form in pair.source.folded for form in bare_forms(token.folded)) for token in own):
        return True
    if len(own) == 1 and any(own[0].folded + end in pair.source.folded for end in ("ا", "ه")):
        return True  # «رئيسي» for «رئيسيا»: an adjective, and no name
    if name.kind is not Kind.PERSON and all(
        not keys(token.text).isdisjoint(pair.source.keys) for token in own
    ):
        return True
    if name.kind is not Kind.PERSON and all(
        land_stem(token.folded) in pair.source.land_stems for token in own
    ):
        return True  # «أوروبا» for «الأوروبيون»
    if any(pair.source.names.state_of(token.folded) in pair.source.states for token in own):
        return True  # «هولندا» for «أمستردام»
    others = [other.name for other in pair.source.parsed.mentions]
    if name.kind is not Kind.PERSON and _sort_cited(pair, own[0].text, name, others):
        return True
    if name.kind in _OF_A_STATE and (name.side or name.country):
        return _of_state(name, others, pair)
    if name.kind is Kind.PERSON:
        return False
    states = {name.side, name.country} - {""}
    general = "generic" in name.roles or "منتخب" in name.arabic
    return general and any(not states.isdisjoint({other.side, other.country}) for other in others)


def _sort_cited(pair: Pair, word: str, name: Name, others: list[Name]) -> bool:
    """Whether a state's body is meant by a word of its sort and the state: «القضاء الفرنسي»، «محكمة في باريس»."""
    states = {name.side, name.country} - {""}
    own = pair.words.meaning(word)
    beside = any(not states.isdisjoint({other.side, other.country}) for other in others)
    return beside and bool(pair.alike(own))


def _of_state(name: Name, others: list[Name], pair: Pair) -> bool:
    """Whether the article speaks of that state; an office that one person holds must be named or held in it."""
    states = {name.side, name.country} - {""}
    beside = [other for other in others if not states.isdisjoint({other.side, other.country})]
    if not beside:
        return False
    if name.kind is Kind.OFFICE and not name.roles.isdisjoint(_ONE_HOLDER):
        words = keys(name.arabic.split()[0])
        held = any(other.kind is Kind.PERSON or not name.roles.isdisjoint(other.roles) for other in beside)
        return held or any(not words.isdisjoint(keys(form)) for form in _titles(pair))
    return True


def _titles(pair: Pair) -> Iterator[str]:
    for actor in pair.source.actors:
        for token in pair.source.parsed.tokens[actor.low : actor.high]:
            yield token.text
