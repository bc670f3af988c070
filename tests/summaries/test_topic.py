"""Topic files."""

import pytest

from summaries.packaged import packaged_gazetteer, packaged_topic_files, packaged_topics
from summaries.relevance import FEATURES
from summaries.topic import TopicError, parse_topic
from summaries.topic_check import check_topic

GOOD = """
id = "cats-dogs"
names = {ar = "القطط والكلاب", en = "Cats and dogs"}

[[party]]
id = "cats"
names = {en = "Cats"}
aliases = ["القطط"]

[[party]]
id = "dogs"
names = {en = "Dogs"}
sides = ["dog"]
proxies = ["العظام"]

[cues.friction]
verbs = ["طارد"]
nouns = ["نباح"]
phrases = ["عض الذيل"]

[weights.core]
"title.full" = 2

[thresholds]
core = 0.4
"""


def test_a_topic_is_read_whole() -> None:
    """Parties, cue words in their forms, weights and thresholds come from the file alone."""
    topic = parse_topic(GOOD)
    assert topic.name("ar") == "القطط والكلاب"
    assert topic.name("fr") == "القطط والكلاب"
    assert topic.party_of("dog") == "dogs"
    assert topic.party_of("") is None
    assert topic.sides == {"dog"}
    assert topic.words["يطارد"].kind == "friction"
    assert topic.words["بالنباح"].key == "نباح"
    assert topic.weights["core"]["title.full"] == 2.0
    assert topic.thresholds["core"] == 0.4


def test_what_is_shown_of_a_topic_is_short() -> None:
    """Whoever writes out something that holds a topic (a log line, asyncio of a task's result) does not write out seven
    megabytes of words.
    """
    assert all(len(repr(topic)) < 10_000 for topic in packaged_topics())


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ('id = "cats-dogs"', "id = 3", "2", "no_text"),
        ("[cues.friction]", "[cues.hatred]", "16", "cue_kind"),
        ('verbs = ["طارد"]', "verbs = 3", "17", "no_list"),
        ('verbs = ["طارد"]', 'verb = ["طارد"]', "17", "unknown_key"),
        ("[thresholds]", "[limits]", "24", "unknown_key"),
        ('names = {ar = "القطط والكلاب", en = "Cats and dogs"}', "names = {}", "3", "no_names"),
        ("core = 0.4", 'core = "high"', "24", "no_numbers"),
        ('sides = ["dog"]', "", "5", "empty_party"),
        ('aliases = ["القطط"]', 'alias = ["القطط"]', "8", "unknown_key"),
        ('id = "dogs"', 'id = "cats"', "5", "twice"),
        ('aliases = ["القطط"]', 'sides = ["dog"]', "5", "twice"),
        ("id = ", "id == ", "2", "not_toml"),
    ],
)
def test_a_bad_topic_is_refused_with_its_line(old: str, new: str, line: str, rule: str) -> None:
    """Whoever writes a topic is told where it is wrong and what the rule is."""
    with pytest.raises(TopicError) as caught:
        parse_topic(GOOD.replace(old, new, 1))
    assert caught.value.key == f"topic.bad.{rule}"
    assert caught.value.values["line"] == line


WHOLE = (
    GOOD.replace('sides = ["dog"]', 'sides = ["iran"]').replace("title.full", "title.both")
    + "touches = 0.5\n\n[weights.touches]\nbias = 1\n"
)


def test_a_whole_topic_passes_the_check() -> None:
    """What the gazetteer and the features know is accepted; the packaged topics are."""
    check_topic(parse_topic(WHOLE), WHOLE, packaged_gazetteer())
    for file in packaged_topic_files():
        text = file.read_text(encoding="utf-8")
        check_topic(parse_topic(text), text, packaged_gazetteer())


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ('sides = ["iran"]', 'sides = ["irna"]', "13", "side"),
        ('"title.both" = 2', '"title.bot" = 2', "22", "feature"),
        ("[weights.core]", "[weights.cores]", "21", "label"),
        ("core = 0.4", "core = 4", "25", "threshold"),
        ("bias = 1", "", "21", "no_weights"),
    ],
)
def test_names_that_nothing_knows_are_refused(old: str, new: str, line: str, rule: str) -> None:
    """A misspelt side or feature would make a topic silent for ever; the check names it."""
    text = WHOLE.replace(old, new, 1)
    with pytest.raises(TopicError) as caught:
        check_topic(parse_topic(text), text, packaged_gazetteer())
    assert (caught.value.key, caught.value.values["line"]) == (f"topic.bad.{rule}", line)


def test_a_topic_has_two_parties() -> None:
    """One party alone has nobody to quarrel with."""
    with pytest.raises(TopicError):
        parse_topic(GOOD[: GOOD.index('[[party]]\nid = "dogs"')] + GOOD[GOOD.index("[cues") :])


def test_packaged_topics_weigh_known_features() -> None:
    """A packaged topic has both tables of weights, and no weight of a feature that nobody measures."""
    for topic in packaged_topics():
        assert set(topic.weights) == {"core", "touches"}
        for weights in topic.weights.values():
            assert weights.keys() <= {"bias", *FEATURES}
        assert {"ar", "en"} <= topic.names.keys()
