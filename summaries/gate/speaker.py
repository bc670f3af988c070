"""The speaker: what a sentence has somebody say must be said by the same one in what is cited."""

from collections.abc import Iterator

from summaries.gate.actors import Actor, same
from summaries.gate.pair import Pair
from summaries.gate.said import matches
from summaries.types import Reason


def check(pair: Pair) -> Iterator[Reason]:
    """`gate.speaker` where everybody who says this in the source is somebody else."""
    for match in matches(pair):
        actor = match.claim.actor
        if actor is None or match.claim.carried:
            continue
        speakers = [speech.actor for speech in match.sources]
        if any(speaker is None for speaker in speakers):
            continue
        if all(_other(pair, actor, speaker) for speaker in speakers if speaker):
            yield Reason(
                code="gate.speaker",
                values={"speaker": actor.text, "source": next(s.text for s in speakers if s)},
            )


def _other(pair: Pair, actor: Actor, speaker: Actor) -> bool:
    return same(actor, speaker, pair.source.titles) is False
