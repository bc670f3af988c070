"""Names: who and what is meant, whatever way it is written. The gazetteer is data, see `data/gazetteer`."""

from summaries.names.gazetteer import Gazetteer
from summaries.names.kinds import Kind, Mention, Name
from summaries.names.parsing import GazetteerError

__all__ = ["Gazetteer", "GazetteerError", "Kind", "Mention", "Name"]
