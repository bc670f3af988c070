"""The interface's words: `ar.po` first, then `en.po`, through gettext with Arabic's six plural forms.

A msgid is a key (`brief.nothing_new`), so that a room below can name a text without knowing a language.
The catalogues are compiled in memory when they are first used: there is no compiled copy to go stale.
"""

import io
from datetime import timedelta
from functools import lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from summaries.errors import KawalisError

Language = Literal["ar", "en"]
Digits = Literal["latn", "arab"]
LANGUAGES: tuple[Language, ...] = ("ar", "en")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Texts:
    """The texts of one language. Renderers isolate Latin runs; nothing here knows about direction.

    `digits` are those of whole numbers that we fill in; what an article wrote and what a person is to type
    stay as they are.
    """

    def __init__(self, language: Language, digits: Digits = "latn") -> None:
        self.language: Language = language
        self.digits: Digits = digits
        self._catalogue = _catalogue(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of `key` with `{name}` filled in. An unknown key is a defect and raises `KeyError`."""
        text = self._catalogue.gettext(key)
        if text == key:
            raise KeyError(f"no text for {key!r} in {self.language}")
        return text.format(**{name: self._shown(value) for name, value in values.items()})

    def _shown(self, value: object) -> object:
        if isinstance(value, timedelta):
            return self.length(value)
        return self.numerals(str(value)) if isinstance(value, int) else value

    def length(self, value: timedelta) -> str:
        """A length of time in its largest fitting unit, as it stands after «منذ» and «نحو»: `22 minutes`, `3 أيام`."""
        minutes = max(0, round(value.total_seconds() / 60))
        if minutes < 120:
            return self.count("time.minutes", minutes)
        if minutes < 48 * 60:
            return self.count("time.hours", minutes // 60)
        return self.count("time.days", minutes // 1440)

    def numerals(self, text: str) -> str:
        """A text of ours (an hour, a date, a count) with the digits that were chosen."""
        return text.translate(_ARABIC_DIGITS) if self.digits == "arab" else text

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The plural form of `key` for `number`, which fills `{n}`."""
        text = self._catalogue.ngettext(key, f"{key}.plural", number)
        if text in (key, f"{key}.plural"):
            raise KeyError(f"no plural for {key!r} in {self.language}")
        shown = {name: self._shown(value) for name, value in values.items()}
        return text.format(n=self._shown(number), **shown)

    def has(self, key: str) -> bool:
        return self._catalogue.gettext(key) != key

    def fetch(self, code: str) -> str:
        """Why an address or a feed could not be read, in a few words, from the code of a fetch error."""
        if self.has(f"fetch.{code}"):
            return self(f"fetch.{code}")
        if code.startswith("http_"):
            return self("fetch.http", status=code.removeprefix("http_"))
        return self("fetch.other", code=code)

    def error(self, error: KawalisError) -> str:
        """The one sentence that tells a person what went wrong and what to do."""
        if error.key.startswith("fetch.") and "place" in error.values:
            cause = self.fetch(error.key.removeprefix("fetch."))
            said = "fetch.failed" if "://" in str(error.values["place"]) else "fetch.file_failed"
            return self(said, place=error.values["place"], cause=cause)
        if error.key in {"link.unreachable", "link.not_article"} and self.has(
            f"fetch.{error.values.get('problem')}"
        ):
            return self(error.key, problem=self.fetch(str(error.values["problem"])))
        return self(error.key, **error.values) if self.has(error.key) else self("error.unexpected")


@lru_cache(maxsize=4)
def texts(language: Language, digits: Digits = "latn") -> Texts:
    """The texts of a language, read once."""
    return Texts(language, digits)


def texts_for(language: str | None, digits: str | None, default: Language = "ar") -> Texts:
    """The texts as a chat has chosen; `default` is spoken where it chose no language."""
    chosen: Language = default if language is None else "en" if language == "en" else "ar"
    return texts(chosen, "arab" if digits == "arab" and chosen == "ar" else "latn")


@lru_cache(maxsize=2)
def _catalogue(language: Language) -> GNUTranslations:
    source = io.BytesIO(files(__package__).joinpath(f"{language}.po").read_bytes())
    compiled = io.BytesIO()
    write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
