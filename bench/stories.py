"""The cost of placing one article, with few and with many stored: python -m bench.stories [--most N]

The articles are made of words drawn by Zipf's law, several to an event, at 2000 a day: their likeness is
not the point, but how much is looked at. Times are of the processor, so that a busy machine does not blur them.
"""

import argparse
import random
import time
from collections import deque
from datetime import UTC, datetime, timedelta

from summaries.duplicates import fingerprint
from summaries.stories import Features, StoryIndex
from summaries.types import ArticleId, StoryId

A_DAY = 2000
SAMPLE = 1000
START = datetime(2030, 1, 1, tzinfo=UTC)


def article(chance: random.Random, event: int) -> Features:
    """Some words of the event, and some of the language."""
    own = random.Random(event)
    words = [f"خاص{own.randrange(40_000)}" for _ in range(25)]
    words += [f"عام{int(chance.paretovariate(0.7)) % 5000}" for _ in range(60)]
    counts = {word: words.count(word) for word in words}
    return Features(counts=counts, print=fingerprint(words))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=100_000)
    given = parser.parse_args()
    chance, index, costs = random.Random(1), StoryIndex(), list[float]()
    kept: deque[tuple[Features, datetime, ArticleId, StoryId]] = deque(maxlen=20_000)
    for number in range(given.most):
        found = article(chance, number // 4)
        at = START + timedelta(days=number / A_DAY)
        start = time.process_time()
        story = index.place(found, at, ArticleId(str(number))).story_id
        costs.append(time.process_time() - start)
        kept.append((found, at, ArticleId(str(number)), story))
        if number + 1 in {SAMPLE, 10 * SAMPLE, given.most}:
            last = sorted(costs[-SAMPLE:])
            p95 = 1000 * last[int(0.95 * len(last))]
            print(f"{number + 1:>7} stored: p95 {p95:.2f} ms, median {1000 * last[len(last) // 2]:.2f} ms")
    start = time.process_time()
    StoryIndex.restore(kept)
    print(f"{len(kept):>7} restored in {time.process_time() - start:.1f} s")


if __name__ == "__main__":
    main()
