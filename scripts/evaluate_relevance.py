"""Relevance as it is where nothing was learnt: each outlet and year by the weights of the others."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from scripts.train_relevance import PENALTIES, TOPIC, cross_validate, learn, table
from summaries.relevance import FEATURES
from summaries.topic import Topic, parse_topic


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


def weights_without(data: Path) -> tuple[Topic, dict[str, Topic]]:
    """The topic, and for each outlet and year the topic with weights that were learnt on the others."""
    topic = parse_topic(TOPIC.read_text(encoding="utf-8"))
    features, labels, groups, _ = table(data, topic)
    known, found = ~np.isnan(features[:, 0]), dict[str, Topic]()
    for group in sorted(set(groups)):
        others = known & np.array([one != group for one in groups])
        weights = {
            name: dict(
                zip(
                    ("bias", *FEATURES),
                    learn(features[others], labels[others] >= least, PENALTIES[name]),
                    strict=True,
                )
            )
            for name, least in (("core", 2), ("touches", 1))
        }
        found[group] = replace(topic, weights=weights)
    return topic, found
