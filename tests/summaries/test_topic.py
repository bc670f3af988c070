"""Topic files."""

import pytest

from summaries.packaged import packaged_topics
from summaries.relevance import FEATURES
from summaries.topic import TopicError, parse_topic

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


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ('id = "cats-dogs"', "id = 3", "2", "'id'"),
        ("[cues.friction]", "[cues.hatred]", "16", "kinds"),
        ('verbs = ["طارد"]', "verbs = 3", "17", "'verbs'"),
        ("[thresholds]", "[limits]", "24", "limits"),
        ('names = {ar = "القطط والكلاب", en = "Cats and dogs"}', "names = {}", "3", "'names'"),
        ("core = 0.4", 'core = "high"', "", "numbers"),
        ('sides = ["dog"]', "", "5", "neither"),
        ("id = ", "id == ", "2", "TOML"),
    ],
)
def test_a_bad_topic_is_refused_with_its_line(old: str, new: str, line: str, problem: str) -> None:
    """Whoever writes a topic is told where it is wrong and what the rule is."""
    with pytest.raises(TopicError) as caught:
        parse_topic(GOOD.replace(old, new, 1))
    assert caught.value.key == "topic.bad"
    assert problem in caught.value.values["problem"]
    if line:
        assert caught.value.values["line"] == line


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
