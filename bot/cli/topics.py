"""`kawalis topics list|check`."""

import argparse
from pathlib import Path

from bot.assemble import load_topics, read_text
from bot.cli.briefs import Verbs
from bot.settings import Settings
from bot.texts import Texts
from summaries.topic import parse_topic


def add_commands(verbs: Verbs) -> None:
    topics = verbs.group("topics")
    topics.add("list", run_list, key="topics_list")
    topics.add("check", run_check, key="topics_check").add_argument(
        "files", nargs="*", type=Path, metavar="FILE.toml"
    )


async def run_list(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Each topic's id and name."""
    for topic in load_topics(settings).values():
        print(f"{topic.id}\t{topic.name(spoken.language)}")
    return 0


async def run_check(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Read each file as a topic; the first that is wrong is named with its line and what is wrong."""
    topics = [parse_topic(read_text(file)) for file in parsed.files] or list(load_topics(settings).values())
    for topic in topics:
        print(spoken("topics.good", topic=topic.id, name=topic.name(spoken.language)))
    return 0
