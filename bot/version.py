"""Who we are, as the network and the user are told."""

from importlib.metadata import version

VERSION = version("kawalis")
PROJECT_PAGE = "https://github.com/kawalis/kawalis"
