"""Near-duplicates: MinHash over folded word shingles, with containment for an excerpt of a longer text.

Broder, "On the resemblance and containment of documents" (1997); the signatures are made by `rensa`.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq

from rensa import RMinHash

PERMUTATIONS = 64
BANDS = 16
_ROWS = PERMUTATIONS // BANDS
_SHINGLE = 4  # words
_SEED = 17


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text's MinHash signature, and how many different shingles it stands for."""

    digest: "array[int]"  # many are held at once: four bytes for each permutation
    size: int


def fingerprint(words: Sequence[str]) -> Fingerprint:
    """The fingerprint of folded words. A text shorter than one shingle is one shingle."""
    count = max(1, len(words) - _SHINGLE + 1)
    shingles = {" ".join(words[start : start + _SHINGLE]) for start in range(count)} if words else set()
    if not shingles:
        return Fingerprint(array("I"), 0)
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    hashed.update(sorted(shingles))
    return Fingerprint(array("I", hashed.digest()), len(shingles))


def resemblance(one: Fingerprint, other: Fingerprint) -> float:
    """The estimated Jaccard index of their shingles, 0..1; 0 where either is empty."""
    if not one.size or not other.size:
        return 0.0
    equal: int = sum(map(eq, one.digest, other.digest))
    return equal / PERMUTATIONS


def containment(one: Fingerprint, other: Fingerprint) -> float:
    """The estimated share of the smaller text's shingles that the other holds too, 0..1."""
    jaccard = resemblance(one, other)
    if jaccard == 0.0:
        return 0.0
    shared = jaccard * (one.size + other.size) / (1 + jaccard)
    return min(1.0, shared / min(one.size, other.size))


def bands(found: Fingerprint) -> tuple[int, ...]:
    """The keys by which near-duplicates meet: two texts of resemblance .5 share one with probability .64, of .8
    with .9998.
    """
    if not found.size:
        return ()
    return tuple(
        hash((number, *found.digest[number * _ROWS : (number + 1) * _ROWS])) for number in range(BANDS)
    )
