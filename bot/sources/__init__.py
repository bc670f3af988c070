"""Sources: the packaged list, other lists, looking at feeds, adding and taking away."""

from bot.sources.changing import add_source, import_sources, remove_source
from bot.sources.lists import packaged_sources, read_sources, write_opml, write_toml
from bot.sources.looking import Checked, Found, check_sources, find_source, read_feed

__all__ = [
    "Checked",
    "Found",
    "add_source",
    "check_sources",
    "find_source",
    "import_sources",
    "packaged_sources",
    "read_feed",
    "read_sources",
    "remove_source",
    "write_opml",
    "write_toml",
]
