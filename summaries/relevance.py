"""Is an article about a topic's dispute (core), near it (touches), or neither (off), and why.

Roles decide: who acts on whom, by which word, and where in the text. A few weights, learnt by
scripts/train_relevance.py and kept in the topic, say how much each counts (two logistic regressions: core or
not; core or touches or neither). No word weighs by itself, so that what is learnt on one year holds in another.

Reason codes, with their values:
    relevance.missing    {party}                        a party is nowhere named
    relevance.acts_on    {actor, verb, target, where}   one party acts on the other; where: title | lead | body
    relevance.rift       {word, one, other, where}      a word for the state between the two
    relevance.one_sided  {actor, verb, where}           one party acts, the other is not in reach
    relevance.both       {where}                        both are named
    relevance.joint      {where}                        they act together
    relevance.third      {where}                        the quarrel is with a third side
    relevance.dealings   {word, where}                  they deal with each other without quarrel
    relevance.body       {count}                        sentences of the body in which one acts on the other
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from summaries.parties import Actor, private
from summaries.reading import Parsed, Reading
from summaries.relations import Bond, Relation, Scene, relations, scene
from summaries.topic import Topic
from summaries.types import Label, Reason, Span, TopicMatch

_ACTS = frozenset(("friction", "pressure", "rift", "evaluation"))
_LEAD_SENTENCES = 2
_DATELINE = re.compile(  # «القدس (CNN) --», «واشنطن - رويترز:»
    r"[^\n.؟!]{2,70}?\([^()\n]{2,25}\)\s*[-–—]{1,2}\s*|[^\n.؟!،]{2,40}?\s?[-–—]{1,2}\s+|[^\n.؟!]{2,40}?/[^/\n]{2,20}/\s*"
)
_CAPTION_WORDS = 14  # a first line shorter than this and without a full stop is a caption

FEATURES = (
    "opening.friction", "opening.pressure", "opening.rift", "opening.evaluation", "opening.joint",
    "opening.dealings", "opening.count", "opening.calm", "opening.least",
    "opening.full", "opening.twice",
    "title.both", "title.third",
    "lead.both", "lead.third",
    "body.full", "body.rift", "body.both", "body.least", "body.third",
)  # fmt: skip
"""Opening: the title and the lead. Full: one party acts on the other in one of the two; twice: in both; calm:
neither acts at all; third: the share of third sides, where no party acts on the other; least: mentions of the rarer
party, in the opening's feature only where the two act on each other there."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of an article: its ranges of tokens, and what is said of the parties in them."""

    where: str
    parsed: Parsed
    scene: Scene
    ranges: tuple[tuple[int, int], ...]
    relations: tuple[Relation, ...]

    @property
    def actors(self) -> list[Actor]:
        return [a for low, high in self.ranges for a in self.scene.actors_in(low, high)]


def judge(reading: Reading, topic: Topic) -> TopicMatch:
    """The article's label for a topic, with the probability that it is core and the reasons for it."""
    zones = read_zones(reading, topic)
    missing = missing_party(zones, topic)
    if missing is not None:
        return TopicMatch(topic=topic.id, label=Label.OFF, score=0.0, reasons=(missing,))
    features = measure(zones)
    core = probability(features, topic.weights.get("core", {}))
    near = max(core, probability(features, topic.weights.get("touches", {})))
    return TopicMatch(
        topic=topic.id, label=_label(core, near, topic), score=round(core, 4), reasons=_reasons(zones)
    )


def _label(core: float, near: float, topic: Topic) -> Label:
    if core >= topic.thresholds.get("core", 0.5):
        return Label.CORE
    return Label.TOUCHES if near >= topic.thresholds.get("touches", 0.5) else Label.OFF


def probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted sum; `bias` is the weight of one."""
    total = weights.get("bias", 0.0) + sum(
        weight * features[name] for name, weight in weights.items() if name in features
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def read_zones(reading: Reading, topic: Topic) -> tuple[Zone, Zone, Zone]:
    """Title, lead and the rest of the body, each with its relations."""
    silent = private(reading.body) | private(reading.title)
    title_scene, body_scene = scene(reading.title, topic, silent), scene(reading.body, topic, silent)
    lead, rest = _parts(reading.body)
    title = (Span(start=0, end=len(reading.title.text) + 1),)
    return (
        _zone("title", reading.title, title_scene, title),
        _zone("lead", reading.body, body_scene, lead),
        _zone("body", reading.body, body_scene, rest),
    )


def _zone(where: str, parsed: Parsed, seen: Scene, spans: tuple[Span, ...]) -> Zone:
    ranges = tuple(parsed.range_of(span) for span in spans)
    found = tuple(relation for low, high in ranges for relation in relations(seen, low, high))
    return Zone(where, parsed, seen, ranges, found)


def _parts(body: Parsed) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The lead's sentences and the others. The lead is the first paragraph that is no caption, at most two
    sentences of it, without its dateline.
    """
    if not body.paragraphs:
        return (), ()
    first = body.paragraphs[0]
    low, high = body.range_of(first)
    if high - low < _CAPTION_WORDS and len(body.paragraphs) > 1 and body.text[first.end - 1] not in '.؟!…"»”':
        first = body.paragraphs[1]
    start = first.start
    dateline = _DATELINE.match(body.text, start, first.end)
    if dateline is not None:
        start = dateline.end()
    inside = [
        Span(start=max(start, sentence.start), end=sentence.end)
        for sentence in body.sentences
        if start < sentence.end and sentence.start < first.end
    ]
    lead = inside[:_LEAD_SENTENCES]
    return tuple(lead), tuple(s for s in body.sentences if lead and s.start >= lead[-1].end)


def missing_party(zones: tuple[Zone, ...], topic: Topic) -> Reason | None:
    """The reason to look no further: a party that is nowhere named."""
    named = {actor.kin for zone in zones for actor in zone.scene.actors if not actor.deed}
    for party in topic.parties:
        if party.id not in named:
            return Reason(code="relevance.missing", values={"party": party.id})
    return None


def measure(zones: tuple[Zone, Zone, Zone]) -> dict[str, float]:
    """The features of an article (see FEATURES), each about between 0 and 2."""
    title, lead, body = zones
    both = [relation for zone in (title, lead) for relation in zone.relations]
    full = {relation.cue.kind for relation in both if relation.bond is Bond.FULL}
    acting = [r for r in both if r.cue.kind in _ACTS and r.bond >= Bond.DEED]
    features = {f"opening.{kind}": float(kind in full) for kind in _ACTS}
    features |= {
        "opening.joint": float(any(a.joined for zone in (title, lead) for a in zone.actors)),
        "opening.dealings": float("cooperation" in full),
        "opening.count": math.log1p(len(acting)),
    }
    features |= _part(title) | _part(lead) | _rest(body)
    features["opening.calm"] = float(not any(r.bond for r in both if r.cue.kind in _ACTS))
    features["opening.full"] = max(features["title.full"], features["lead.full"])
    features["opening.twice"] = min(features["title.full"], features["lead.full"])
    features["opening.least"] = features["body.least"] * bool(acting)
    return features


def _part(zone: Zone) -> dict[str, float]:
    where, actors = zone.where, zone.actors
    bonds = {r.bond for r in zone.relations if r.cue.kind in _ACTS}
    thirds = 0 if bonds & {Bond.FULL, Bond.DEED} else sum(not a.party for a in actors)
    return {
        f"{where}.full": float(Bond.FULL in bonds),
        f"{where}.both": float(len({a.kin for a in actors if a.kin and not a.joined}) > 1),
        f"{where}.third": min(2.0, 3 * thirds / max(1, len(actors))),
    }


def _rest(body: Zone) -> dict[str, float]:
    """How much of the body is about the two: sentences with a relation, with both, mentions of the rarer one."""
    full = {r.place for r in body.relations if r.bond is Bond.FULL and r.cue.kind in _ACTS - {"rift"}}
    rift = {r.place for r in body.relations if r.bond is Bond.FULL and r.cue.kind == "rift"}
    both, counts, thirds = 0, dict[str, int](), 0
    for low, high in body.ranges:
        inside = {a.kin for a in body.scene.actors_in(low, high) if a.kin}
        both += len(inside) > 1
    for actor in body.actors:
        counts[actor.party] = counts.get(actor.party, 0) + (not actor.deed)
        thirds += not actor.party
    parties = [count for party, count in counts.items() if party]
    return {
        "body.full": math.log1p(len(full)),
        "body.rift": math.log1p(len(rift)),
        "body.both": math.log1p(both),
        "body.least": math.log1p(min(parties) if len(parties) > 1 else 0),
        "body.third": thirds / max(1, thirds + sum(parties)),
    }


def _reasons(zones: tuple[Zone, Zone, Zone]) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for zone in zones[:2]:
        found += _why(zone)
    count = sum(r.bond is Bond.FULL and r.cue.kind in _ACTS for r in zones[2].relations)
    if count:
        found.append(Reason(code="relevance.body", values={"count": str(count)}))
    return tuple(found)


def _why(zone: Zone) -> list[Reason]:
    """The surest relation of a title or lead; else what is there in its place."""
    where = {"where": zone.where}
    acting = [r for r in zone.relations if r.cue.kind in _ACTS and r.bond > Bond.NONE]
    best = max(acting, key=lambda r: r.bond, default=None)
    if best is not None:
        return [_relation_reason(best, zone.parsed, zone.where)]
    actors = zone.actors
    parties = {a.party for a in actors if a.party}
    if any(a.joined for a in actors):
        return [Reason(code="relevance.joint", values=where)]
    dealing = next((r for r in zone.relations if r.bond is Bond.FULL), None)
    if dealing is not None:
        word = zone.parsed.tokens[dealing.place].text
        return [Reason(code="relevance.dealings", values={"word": word, **where})]
    if len(parties) > 1:
        return [Reason(code="relevance.both", values=where)]
    return [Reason(code="relevance.third", values=where)] if any(not a.party for a in actors) else []


def _relation_reason(relation: Relation, parsed: Parsed, where: str) -> Reason:
    word, subject = parsed.tokens[relation.place].text, _written(relation.subject, parsed)
    if relation.target is None or relation.bond is Bond.HALF:
        return Reason(code="relevance.one_sided", values={"actor": subject, "verb": word, "where": where})
    target = _written(relation.target, parsed)
    if relation.cue.kind == "rift":
        return Reason(
            code="relevance.rift", values={"word": word, "one": subject, "other": target, "where": where}
        )
    return Reason(
        code="relevance.acts_on",
        values={"actor": subject, "verb": word, "target": target, "where": where},
    )


def _written(actor: Actor | None, parsed: Parsed) -> str:
    if actor is None:
        return ""
    return parsed.text[parsed.tokens[actor.first].start : parsed.tokens[actor.last].end]
