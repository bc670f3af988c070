"""`kawalis topics list|check`."""

import argparse
from pathlib import Path

from bot.assemble import load_topics, read_text, topic_files
from bot.cli.briefs import Verbs
from bot.cli.terminal import say, tell
from bot.settings import Settings
from bot.texts import Texts
from summaries.packaged import packaged_gazetteer
from summaries.topic import TopicError, parse_topic
from summaries.topic_check import check_topic


def add_commands(verbs: Verbs) -> None:
    topics = verbs.group("topics")
    topics.add("list", run_list, key="topics_list")
    topics.add("check", run_check, key="topics_check").add_argument(
        "files", nargs="*", type=Path, metavar="FILE.toml"
    )


async def run_list(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Each topic's id and name."""
    for topic in load_topics(settings).values():
        tell(f"{topic.id}\t{topic.name(spoken.language)}")
    return 0


async def run_check(parsed: argparse.Namespace, settings: Settings, spoken: Texts) -> int:
    """Check each file, or those in use: every one that is wrong is named with its line and what is wrong."""
    failed = 0
    for file in parsed.files or topic_files(settings):
        text = read_text(file)
        try:
            topic = parse_topic(text)
            check_topic(topic, text, packaged_gazetteer())
        except TopicError as error:
            failed = 1
            say(spoken.error(error.of_file(str(file))))
        else:
            tell(spoken("topics.good", topic=topic.id, name=topic.name(spoken.language)))
    return failed
