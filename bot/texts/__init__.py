"""The interface's words: `ar.po` first, then `en.po`, through gettext with Arabic's six plural forms.

A msgid is a key (`brief.nothing_new`), so that a room below can name a text without knowing a language.
The catalogues are compiled in memory when they are first used: there is no compiled copy to go stale.
"""

import io
from functools import lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from summaries.errors import KawalisError

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = ("ar", "en")


class Texts:
    """The texts of one language. Renderers isolate Latin runs; nothing here knows about direction."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._catalogue = _catalogue(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of `key` with `{name}` filled in. An unknown key is a defect and raises `KeyError`."""
        text = self._catalogue.gettext(key)
        if text == key:
            raise KeyError(f"no text for {key!r} in {self.language}")
        return text.format(**values)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The plural form of `key` for `number`, which fills `{n}`."""
        text = self._catalogue.ngettext(key, f"{key}.plural", number)
        if text in (key, f"{key}.plural"):
            raise KeyError(f"no plural for {key!r} in {self.language}")
        return text.format(n=number, **values)

    def has(self, key: str) -> bool:
        return self._catalogue.gettext(key) != key

    def error(self, error: KawalisError) -> str:
        """The one sentence that tells a person what went wrong and what to do."""
        return self(error.key, **error.values) if self.has(error.key) else self("error.unexpected")


@lru_cache(maxsize=2)
def texts(language: Language) -> Texts:
    """The texts of a language, read once."""
    return Texts(language)


@lru_cache(maxsize=2)
def _catalogue(language: Language) -> GNUTranslations:
    source = io.BytesIO(files(__package__).joinpath(f"{language}.po").read_bytes())
    compiled = io.BytesIO()
    write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
