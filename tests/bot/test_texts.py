"""The interface's words."""

import re
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from bot.texts import texts


def catalogue(language: str) -> dict[str, object]:
    with files("bot.texts").joinpath(f"{language}.po").open("rb") as file:
        return {
            str(m.id if isinstance(m.id, str) else m.id[0]): m.string
            for m in read_po(file, locale=language)
            if m.id
        }


def test_both_languages_say_everything() -> None:
    """A text that exists in one language exists in the other, and none is empty."""
    arabic, english = catalogue("ar"), catalogue("en")
    assert arabic.keys() == english.keys()
    assert all(arabic.values())
    assert all(english.values())


def test_both_languages_fill_the_same_values() -> None:
    """A value named in one language is named in the other, so that nothing is lost in translation."""
    arabic, english = catalogue("ar"), catalogue("en")
    for key in arabic:
        if isinstance(arabic[key], str):
            names = [set(re.findall(r"\{(\w+)\}", str(c[key]))) for c in (arabic, english)]
            assert names[0] == names[1], key


@pytest.mark.parametrize(
    ("number", "said"), [(1, "مصدر واحد"), (2, "مصدرين"), (3, "3 مصادر"), (11, "11 مصدرًا"), (100, "100 مصدر")]
)
def test_arabic_plurals(number: int, said: str) -> None:
    """Arabic has six plural forms, and each is used."""
    assert texts("ar").count("sources.count", number) == said


def test_an_unknown_key_is_a_defect() -> None:
    """A missing text fails loudly instead of showing its key to a reader."""
    with pytest.raises(KeyError):
        texts("ar")("no.such.text")


def test_every_key_used_in_code_exists() -> None:
    """Each literal key that the code asks for is in the catalogue."""
    known = catalogue("ar")
    used: set[str] = set()
    for package in ("bot", "bot.commands", "bot.presenting", "bot.cli", "bot.sources", "bot.collecting"):
        for file in files(package).iterdir():
            if file.name.endswith(".py"):
                text = file.read_text(encoding="utf-8")
                used |= set(
                    re.findall(
                        r"(?:texts|spoken|call\.texts|say|Error|count)\(\s*\"([a-z_]+\.[a-z_.]+)\"", text
                    )
                )
    assert used
    assert {key for key in used if key not in known} == set()
