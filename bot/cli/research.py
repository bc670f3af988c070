"""`kawalis summarise`, `analyse` and `check-claims`: the understanding on its own, on files."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import jsonlines
from bot.articlefile import ArticleFile
from bot.assemble import known_topic, load_topics, open_reader
from bot.cli.briefs import Verbs
from bot.cli.showing import printed
from bot.cli.terminal import QUOTED, read_stdin, say, say_cut, say_wrong, stop_at_once, track
from bot.errors import InputError, UsageError
from bot.presenting.articles import article_message
from bot.presenting.exports import analysis_value, sentence_value, summary_value, verdict_value
from bot.settings import Settings
from bot.summarising import ArticleBrief, article_brief, article_from_text, is_arabic
from bot.texts import Texts
from summaries.analysis import Analyst
from summaries.packaged import packaged_gate, packaged_gazetteer
from summaries.selection import summarise
from summaries.stories import StoryIndex, features
from summaries.types import LONGEST_TEXT, Article, ArticleId


def add_commands(verbs: Verbs) -> None:
    summary = verbs.add("summarise", run_summarise)
    summary.add_argument("input", metavar="FILE|URL|-")
    budget = summary.add_mutually_exclusive_group()
    budget.add_argument("--words", type=int, metavar="N")
    budget.add_argument("--ratio", type=float, metavar="R")
    summary.add_argument("--json", action="store_true")
    analysis = verbs.add("analyse", run_analyse)
    analysis.add_argument("input", type=Path, metavar="FILE.jsonl")
    analysis.add_argument("--topic", metavar="T")
    claims = verbs.add("check-claims", run_check_claims)
    claims.add_argument("input", type=Path, metavar="FILE.jsonl")


async def run_summarise(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Brief one article, or each item of a JSON Lines batch."""
    check_budget(parsed)
    analyst = Analyst(packaged_gazetteer(), tuple(load_topics(settings).values()))
    if parsed.input.lower().startswith(("http://", "https://")):
        async with open_reader(settings, analyst) as reader:
            return _print(await reader.brief(parsed.input, datetime.now(UTC)), parsed, spoken)
    stop_at_once()
    if Path(parsed.input).suffix in {".jsonl", ".ndjson"}:
        return _summaries(jsonlines.lines(Path(parsed.input)), parsed, analyst, spoken)
    data = read_stdin() if parsed.input == "-" else jsonlines.whole(Path(parsed.input))
    if jsonlines.is_json(data):
        return _summaries(jsonlines.lines_of(data), parsed, analyst, spoken)
    article = article_from_text(text_of(data, parsed.input), name=parsed.input, now=datetime.now(UTC))
    return _print(_brief(article, parsed, analyst), parsed, spoken)


def text_of(data: bytes, name: str) -> str:
    """A text in UTF-8, its line ends as they are, so that offsets count what was given. Raises `InputError`."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("input.not_utf8", file=name, cause=str(error)) from None


def check_budget(parsed: argparse.Namespace) -> None:
    if parsed.words is not None and parsed.words < 1:
        raise UsageError("usage.words", words=str(parsed.words))
    if parsed.ratio is not None and not 0 < parsed.ratio <= 1:
        raise UsageError("usage.ratio", ratio=str(parsed.ratio))


def _brief(article: Article, parsed: argparse.Namespace, analyst: Analyst) -> ArticleBrief:
    return article_brief(article, analyst, words=parsed.words, ratio=parsed.ratio)


def _print(brief: ArticleBrief, parsed: argparse.Namespace, spoken: Texts) -> int:
    """Print a brief; where nothing of the article fits the budget, say so."""
    if parsed.json:
        sentences = [sentence_value(s, {brief.article.id: 0}) for s in brief.sentences]
        _line(summary_value(brief.article.url or brief.article.id, brief.headline, sentences, [brief]))
        if brief.article.cut:
            say(spoken("article.cut", most=LONGEST_TEXT))
    elif brief.sentences or parsed.words is None:
        print(printed(article_message(brief, spoken), sys.stdout.isatty()))
    if brief.sentences or parsed.words is None:
        return 0
    return say_wrong([InputError("input.no_room", words=str(parsed.words))], spoken)


def _summaries(
    lines: Iterable[jsonlines.Line], parsed: argparse.Namespace, analyst: Analyst, spoken: Texts
) -> int:
    """Summarise each batch, in order. A line that is none is named on stderr, the rest is summarised all the same;
    the exit code tells.
    """
    code = 0
    for batch in jsonlines.batches(lines, parsed.input):
        wrong = batch if isinstance(batch, InputError) else _summarised(batch, parsed, analyst)
        if isinstance(batch, jsonlines.Batch) and any(document.cut for document in batch.documents):
            say_cut([batch.id], parsed.input, spoken)
        code = say_wrong([wrong], spoken) if wrong else code
    return code


def _summarised(batch: jsonlines.Batch, parsed: argparse.Namespace, analyst: Analyst) -> InputError | None:
    """Print the summary of a batch; what is wrong, where there is none."""
    named = {"id": str(batch.id)[:QUOTED], "file": parsed.input}
    if not all(is_arabic(document) for document in batch.documents):
        return InputError("input.not_arabic_item", **named)
    item = _item(batch, parsed, analyst)
    _line(item)
    return None if item["sentences"] else InputError("input.no_room_item", **named)


def _item(batch: jsonlines.Batch, parsed: argparse.Namespace, analyst: Analyst) -> dict[str, Any]:
    readings = [analyst.read(document) for document in batch.documents]
    made = summarise(readings, words=parsed.words, ratio=parsed.ratio)
    places = {document.id: place for place, document in enumerate(batch.documents)}
    headline = next((document.title for document in batch.documents if document.title), "")
    briefs = [article_brief(one.article, analyst, sentences=(), reading=one) for one in readings]
    return summary_value(batch.id, headline, [sentence_value(s, places) for s in made], briefs)


async def run_analyse(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Analyse the articles of a file in published order; print when story ids are final, after the last.

    A line that is no article is named on stderr, the rest is analysed all the same; the exit code tells. Memory is
    bounded: the articles are read one at a time, and what was understood waits in a temporary file.
    """
    topics = load_topics(settings)
    topic = known_topic(topics, parsed.topic)
    analyst = Analyst(packaged_gazetteer(), (topics[topic],))
    index = StoryIndex()
    stop_at_once()
    with (
        ArticleFile.opened(parsed.input) as file,
        tempfile.TemporaryFile("w+", encoding="utf-8") as kept,
    ):
        ordered, wrong = file.places()
        say_cut(file.cut, str(parsed.input), spoken)
        for article in file.articles(track(ordered, spoken("cli.understanding"))):
            reading = analyst.read(article)
            index.place(features(reading), article.published, article.id)
            value = analysis_value(analyst.analyse_reading(reading), topic, None)
            kept.write(json.dumps(value) + "\n")
        kept.seek(0)
        for row in kept:
            value = json.loads(row)
            identity = ArticleId(value["id"])
            _line(value | {"id": file.given(identity), "story": index.story_of(identity)})
    return say_wrong(wrong, spoken)


async def run_check_claims(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Judge each sentence by what it cites, in the file's order. A line that is no claim is named on stderr, the
    rest is judged all the same; the exit code tells.
    """
    gate, code = packaged_gate(), 0
    stop_at_once()
    for claim in jsonlines.claims(parsed.input):
        if isinstance(claim, InputError):
            code = say_wrong([claim], spoken)
            continue
        verdict = gate.check(claim.text, claim.sentence, claim.cited)
        _line(verdict_value(claim.id, verdict, spoken))
    return code


def _line(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False))
