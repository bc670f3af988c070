"""Score the gate on its hand-written paraphrases: python -m scripts.evaluate_gate [--missed]

The articles are divided by a hash of their name. Three quarters were looked at while the checks were written; the rest
was not, and its figures are the honest ones. `--missed` lists what went wrong in the half that may be looked at.
"""

import argparse
import hashlib
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bot.sample.newsroom import read_outlets
from summaries.gate import Verdict
from summaries.packaged import packaged_gate
from summaries.types import Span

MATERIAL = Path(__file__).parent.parent / "tests" / "summaries" / "gate_material"
KINDS = (
    "number", "date", "foreign_name", "in_source_name", "quote", "negation", "speaker", "verb_strength", "role",
    "cause",
)  # fmt: skip


def looked_at(article: str) -> bool:
    """Whether an article's sentences were seen while the checks were written."""
    return hashlib.sha256(article.encode()).digest()[0] % 4 != 3


def items(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (MATERIAL / f"{name}.jsonl").read_text("utf-8").splitlines()]


def judged(name: str) -> list[tuple[dict[str, Any], Verdict]]:
    """Each item of a file with the gate's verdict."""
    texts = {
        piece.guid: "\n\n".join(piece.paragraphs) for outlet in read_outlets() for piece in outlet.pieces
    }
    gate = packaged_gate()
    return [
        (
            item,
            gate.check(
                texts[item["article"]], item["sentence"], [Span(start=a, end=b) for a, b in item["cited"]]
            ),
        )
        for item in items(name)
    ]


def shares(name: str) -> dict[str, tuple[int, int]]:
    """By half: how many sentences were refused, of how many."""
    counted = {"looked at": [0, 0], "held back": [0, 0]}
    for item, verdict in judged(name):
        half = counted["looked at" if looked_at(item["article"]) else "held back"]
        half[0] += not verdict.supported
        half[1] += 1
    return {half: (refused, total) for half, (refused, total) in counted.items()}


def table() -> str:
    """The shares refused, as lines."""
    lines = [f"{'':16}{'looked at':>18}{'held back':>18}{'all':>18}"]
    for name in ("faithful", *(f"broken_{kind}" for kind in KINDS)):
        halves = shares(name)
        both = tuple(map(sum, zip(*halves.values(), strict=True)))
        label = "false alarms" if name == "faithful" else name.removeprefix("broken_")
        lines.append(f"{label:16}" + "".join(f"{_share(*pair):>18}" for pair in (*halves.values(), both)))
    return "\n".join(lines)


def _share(refused: int, total: int) -> str:
    return f"{refused}/{total} = {100 * refused / total:.0f}%" if total else "none"


def alarms() -> str:
    """By half: how many faithful sentences each check refuses."""
    counted: dict[str, Counter[str]] = {"looked at": Counter(), "held back": Counter()}
    for item, verdict in judged("faithful"):
        half = counted["looked at" if looked_at(item["article"]) else "held back"]
        half.update({reason.code.removeprefix("gate.") for reason in verdict.reasons})
    return "\n".join(f"false alarms, {half}: {dict(found)}" for half, found in counted.items())


def missed() -> None:
    """What the gate got wrong among the articles that may be looked at."""
    for name in ("faithful", *(f"broken_{kind}" for kind in KINDS)):
        for item, verdict in judged(name):
            if looked_at(item["article"]) and verdict.supported == (name != "faithful"):
                print(item["id"], item["sentence"], [(r.code, dict(r.values)) for r in verdict.reasons])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--missed", action="store_true")
    if parser.parse_args().missed:
        missed()
        return
    packaged_gate()
    start = time.process_time()
    print("== gate: sentences refused")
    print(table())
    count = sum(len(items(name)) for name in ("faithful", *(f"broken_{kind}" for kind in KINDS)))
    per_second = (
        2 * count / (time.process_time() - start)
    )  # the table and the alarms judge the material twice
    print(alarms())
    print(f"{per_second:.0f} sentences a second of processor time, articles included")


if __name__ == "__main__":
    main()
