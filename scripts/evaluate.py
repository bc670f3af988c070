"""Score understanding and summaries: python -m scripts.evaluate DATA [--part NAME] [--details] [--out FOLDER]

Runs the analysis over DATA/topic and the summaries over DATA/summaries, and has the data's own scorers judge what they
say. Understanding is one table: each figure beside its goal, on everything, on the part looked at while it was built,
and on the outlets and years held back. Relevance is judged with weights that were learnt without the outlet and year
of each article, which is the honest figure. Whole briefs are scored on a stream of their own (`evaluate_stream`).
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scripts import evaluate_stream, evaluate_summaries
from scripts.evaluate_data import group_of, held_back, rows, topic_articles, write
from scripts.evaluate_facts import of_references
from scripts.evaluate_relevance import cross_validated
from scripts.evaluate_table import table
from summaries.analysis import Analyst
from summaries.packaged import packaged_gazetteer, packaged_topics
from summaries.stories import StoryIndex, features
from summaries.types import Analysis, Article

UNDERSTANDING = ("relevance", "origins", "statements", "stories")
PARTS = (*UNDERSTANDING, "stream", "summaries")
TRUTH = {"relevance": "labels", "origins": "origins", "statements": "statements", "stories": "stories"}
SCORER = {"relevance": "topic"}


def analysed(articles: list[Article]) -> tuple[list[dict[str, Any]], float]:
    """The answers to all articles, as `kawalis analyse` gives them, and how many a second of one processor."""
    analyst = Analyst(packaged_gazetteer(), packaged_topics()[:1])
    index, found, start = StoryIndex(), [], time.process_time()
    for article in sorted(articles, key=_order):
        reading = analyst.read(article)
        index.place(features(reading), article.published, article.id)
        found.append(analyst.analyse_reading(reading))
    taken = time.process_time() - start
    answers = [answer(analysis) | {"story": index.story_of(analysis.article)} for analysis in found]
    return answers, len(articles) / taken


def _order(article: Article) -> tuple[bool, float, str]:
    at = article.published
    return at is None, at.timestamp() if at else 0.0, article.id


def answer(analysis: Analysis) -> dict[str, Any]:
    match = analysis.matches[0]
    return {
        "id": analysis.article,
        "relevance": {"label": match.label, "score": match.score},
        "origins": [{"name": origin.name} for origin in analysis.origins],
        "statements": [
            {
                "speaker": said.speaker,
                "kind": "direct" if said.direct else "indirect",
                "start": said.span.start,
                "end": said.span.end,
                "relay": said.relay,
            }
            for said in analysis.statements
        ],
    }


def score(data: Path, part: str, wanted: set[str], answers: list[dict[str, Any]], folder: Path) -> str:
    """What the data's scorer says of the answers to the wanted articles."""
    truth, output = folder / f"{part}.truth.jsonl", folder / f"{part}.jsonl"
    given = rows(data / "topic" / f"{TRUTH[part]}.jsonl")
    if part == "stories":
        kept = [{**row, "articles": [i for i in row["articles"] if i in wanted]} for row in given]
        kept = [row for row in kept if len(row["articles"]) > 1]
    else:
        kept = [row for row in given if row["id"] in wanted]
    write(truth, kept)
    write(output, (row for row in answers if row["id"] in wanted))
    script = data / "evaluate" / f"{SCORER.get(part, part)}.py"
    command = [sys.executable, str(script), str(truth), str(output)]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def understanding(data: Path, parts: list[str], folder: Path, *, details: bool) -> None:
    """Print the table of the parts; with details, what the scorers say themselves."""
    articles = topic_articles(data)
    answers, speed = analysed(articles)
    back = {str(article.id) for article in articles if held_back(article)}
    everything = {str(article.id) for article in articles}
    sets = {"all": everything, "looked at": everything - back, "held back": back}
    learnt = cross_validated(data) if "relevance" in parts else []
    printed: dict[tuple[str, str], str] = {}
    for part in parts:
        for name, wanted in sets.items():
            printed[part, name] = score(
                data, part, wanted, learnt if part == "relevance" else answers, folder
            )
            if details:
                shipped = score(data, part, wanted, answers, folder) if part == "relevance" else ""
                print(f"== {part}, {name} ({len(wanted)} articles)\n{printed[part, name]}", flush=True)
                print(f"with the weights as shipped:\n{shipped}" if shipped else "", flush=True)
    print(table(printed, speed, {name: len(wanted) for name, wanted in sets.items()}))
    groups = sorted({group_of(article) for article in articles if held_back(article)})
    print(f"\nHeld back while it was built: {', '.join(groups)}.")
    print(
        "Relevance is judged by weights that were learnt without the outlet and year of each article.\n",
        flush=True,
    )


def summaries(data: Path, folder: Path) -> None:
    for name in evaluate_summaries.SETS:
        print(f"== summaries, {name}", flush=True)
        evaluate_summaries.evaluate(data, name, folder)
        print(flush=True)


def stream(data: Path, *, details: bool) -> None:
    tally = evaluate_stream.evaluate(data)
    print("== whole briefs on a stream, in windows of three days")
    if details:
        print("\n".join(tally.remarks))
    print(f"{evaluate_stream.table(tally)}\n", flush=True)
    print("== facts of another outlet's opening that are said, right clusters (loo_dev)")
    print(f"{of_references(data)}\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="the folder with topic/, summaries/ and evaluate/")
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--details", action="store_true", help="what the scorers print themselves, too")
    parser.add_argument("--out", type=Path, help="keep the answers here")
    given = parser.parse_args()
    if not (given.data / "topic").is_dir():
        parser.error(f"no evaluation data in {given.data}: make eval DATA=folder")
    parts = given.part or list(PARTS)
    with tempfile.TemporaryDirectory() as folder:
        out = given.out or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        if understood := [part for part in parts if part in UNDERSTANDING]:
            understanding(given.data, understood, out, details=given.details)
        if "stream" in parts:
            stream(given.data, details=given.details)
        if "summaries" in parts:
            summaries(given.data, out)


if __name__ == "__main__":
    main()
