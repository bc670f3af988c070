"""Learn the few weights of a topic's relevance: python -m scripts.train_relevance DATA [--topic FILE] [--write]

Two logistic regressions with an L2 penalty (Newton's method). Cross-validated by outlet and year: what an outlet
wrote in a year is judged by weights learnt on the others. `--write` puts the weights of all into the topic.
"""

import argparse
import re
from pathlib import Path

import numpy as np

from scripts.evaluate_data import group_of, rows, topic_articles
from summaries.packaged import packaged_gazetteer
from summaries.reading import read
from summaries.relevance import FEATURES, measure, missing_party, read_zones
from summaries.topic import Topic, parse_topic

PENALTIES = {"core": 3.0, "touches": 2.0}
TOPIC = Path(__file__).parent.parent / "summaries" / "topics" / "us-israel.toml"
LABELS = ("off", "touches", "core")


def table(data: Path, topic: Topic) -> tuple[np.ndarray, np.ndarray, list[str], list[str]]:
    """Features (NaN in all where a party is missing), labels as 0 1 2, groups and ids."""
    truth = {row["id"]: row["label"] for row in rows(data / "topic" / "labels.jsonl")}
    gazetteer = packaged_gazetteer()
    lines, labels, groups, ids = [], [], [], []
    for article in topic_articles(data):
        zones = read_zones(read(article, gazetteer), topic)
        features = measure(zones)
        missing = missing_party(zones, topic) is not None
        lines.append([float("nan") if missing else features[name] for name in FEATURES])
        labels.append(LABELS.index(truth[article.id]))
        groups.append(group_of(article))
        ids.append(str(article.id))
    return np.array(lines), np.array(labels), groups, ids


def learn(features: np.ndarray, truth: np.ndarray, penalty: float) -> np.ndarray:
    """Weights, the bias first."""
    design = np.hstack([np.ones((len(features), 1)), features])
    ridge = np.diag([1e-3] + [penalty] * features.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - truth) + ridge @ weights
        curve = design.T @ (design * (chance * (1 - chance))[:, None]) + ridge
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def chances(features: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-(weights[0] + features @ weights[1:]))))


def f1(truth: np.ndarray, found: np.ndarray) -> tuple[float, float, float]:
    hits = float((truth & found).sum())
    precision, recall = hits / max(1, found.sum()), hits / max(1, truth.sum())
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def cross_validate(features: np.ndarray, truth: np.ndarray, groups: list[str], penalty: float) -> np.ndarray:
    """For each article its chance by weights learnt without its outlet and year."""
    known = ~np.isnan(features[:, 0])
    found = np.zeros(len(features))
    for group in sorted(set(groups)):
        inside = np.array([one == group for one in groups])
        if not (inside & known).any():
            continue
        weights = learn(features[known & ~inside], truth[known & ~inside], penalty)
        found[inside & known] = chances(features[inside & known], weights)
    return found


def best_threshold(truth: np.ndarray, found: np.ndarray) -> float:
    return float(
        max(np.arange(0.25, 0.66, 0.05), key=lambda t: (round(f1(truth, found >= t)[2], 3), -abs(t - 0.5)))
    )


def written(name: str, weights: np.ndarray) -> str:
    lines = [f'"{key}" = {value:.3f}' for key, value in zip(("bias", *FEATURES), weights, strict=True)]
    return f"[weights.{name}]\n" + "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--topic", type=Path, default=TOPIC)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    text = given.topic.read_text(encoding="utf-8")
    features, labels, groups, _ = table(given.data, parse_topic(text))
    known = ~np.isnan(features[:, 0])
    blocks, limits = [], []
    for name, least in (("core", 2), ("touches", 1)):
        truth = labels >= least
        found = cross_validate(features, truth, groups, PENALTIES[name])
        limit = best_threshold(truth, found)
        print(
            f"{name:<8} cross-validated P {{:.3f}} R {{:.3f}} F1 {{:.3f}} at {limit:.2f}".format(
                *f1(truth, found >= limit)
            )
        )
        blocks.append(written(name, learn(features[known], truth[known], PENALTIES[name])))
        limits.append(f"{name} = {limit:.2f}")
    if given.write:
        head = re.split(r"\n# Learnt by scripts/train_relevance", text)[0].rstrip()
        note = "# Learnt by scripts/train_relevance.py; do not edit below.\n"
        given.topic.write_text(
            f"{head}\n\n{note}[thresholds]\n" + "\n".join(limits) + "\n\n" + "\n".join(blocks),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
