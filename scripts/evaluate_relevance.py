"""Relevance as it is where nothing was learnt: each outlet and year by the weights of the others."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from scripts.train_relevance import PENALTIES, TOPIC, cross_validate, table
from summaries.topic import parse_topic


@lru_cache(maxsize=1)
def cross_validated(data: Path) -> list[dict[str, Any]]:
    """The answers to all articles, with the topic's thresholds."""
    topic = parse_topic(TOPIC.read_text(encoding="utf-8"))
    features, labels, groups, ids = table(data, topic)
    core = cross_validate(features, labels == 2, groups, PENALTIES["core"])
    near = cross_validate(features, labels >= 1, groups, PENALTIES["touches"])
    found = []
    for identity, one, other in zip(ids, core, near, strict=True):
        label = "touches" if max(one, other) >= topic.thresholds["touches"] else "off"
        label = "core" if one >= topic.thresholds["core"] else label
        found.append({"id": identity, "relevance": {"label": label, "score": float(one)}})
    return found
