"""What is wrong in a topic that can be read: names that nothing else knows, which would make it fail in silence."""

import re
from collections.abc import Iterable

from summaries.names import Gazetteer
from summaries.relevance import FEATURES
from summaries.topic import Topic, TopicError

LABELS = ("core", "touches")


def check_topic(topic: Topic, text: str, gazetteer: Gazetteer) -> None:
    """Raises `TopicError` for the first name in the topic that the gazetteer or the features do not have.

    `text` is the file the topic was read from, in which the line is looked up.
    """
    sides = {name.side for name in gazetteer.names if name.side}
    for side in sorted((topic.sides | topic.opponents) - sides):
        raise _unknown("side", side, sides, text)
    for label in topic.weights.keys() | topic.thresholds.keys():
        if label not in LABELS:
            raise _unknown("label", label, LABELS, text)
    for label in LABELS:
        for feature in topic.weights.get(label, {}):
            if feature not in {"bias", *FEATURES}:
                raise _unknown("feature", feature, FEATURES, text)
    for label, value in topic.thresholds.items():
        if not 0 < value < 1:
            raise TopicError("topic.bad.threshold", file="", line=_line(text, f"{label} ="), name=label)
    for label in LABELS:
        if not topic.weights.get(label):
            raise TopicError("topic.bad.no_weights", file="", line=_line(text, "weights"), name=label)


def _unknown(what: str, name: str, known: Iterable[str], text: str) -> TopicError:
    listed = ", ".join(sorted(known))
    return TopicError(f"topic.bad.{what}", file="", line=_line(text, name), name=name, known=listed)


def _line(text: str, name: str) -> str:
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    return str(text.count("\n", 0, found.start()) + 1) if found else "1"
