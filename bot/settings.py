"""Settings: from the environment, a `.env` file, or the file given with `--config`; checked at start.

Names and defaults are fixed in the documentation (docs/interface.md); others script against them. A secret
is a `SecretStr`, so that it never shows in a log, an error or a representation.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv.parser import parse_stream
from platformdirs import user_data_path
from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from bot.errors import SettingsError
from bot.version import PROJECT_PAGE

Language = Literal["ar", "en"]
_PREFIX = "KAWALIS_"
_SLACK_PERSON = re.compile(r"[A-Z][A-Z0-9]+")
_MOST_DAYS, _MOST_SECONDS = 36_500, 86_400  # a century, a day


class Settings(BaseSettings):
    """All that can be set from outside. Field `x_y` is the variable `KAWALIS_X_Y`."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=".env",
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    database_url: SecretStr = SecretStr("")
    data_dir: Path = Field(default_factory=lambda: user_data_path("kawalis"))
    sources: Path | None = None
    topics: Path | None = None
    contact: str = PROJECT_PAGE
    language: Language | None = None
    retention_days: Annotated[int, Field(ge=0, le=_MOST_DAYS)] = 365

    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: SecretStr | None = None

    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"

    admins: Annotated[frozenset[tuple[str, str]], NoDecode] = frozenset()

    llm_url: str | None = None
    llm_model: str | None = None
    llm_key: SecretStr | None = None
    llm_timeout_seconds: Annotated[float, Field(gt=0, le=_MOST_SECONDS, allow_inf_nan=False)] = 60
    llm_tokens_per_day: Annotated[int, Field(ge=0)] = 1_000_000

    http_address: Annotated[tuple[str, int], NoDecode] = ("127.0.0.1", 8080)
    allow_private_addresses: bool = False
    min_poll_seconds: Annotated[int, Field(ge=0, le=_MOST_SECONDS)] = 300
    ambiguous_sends: Literal["resend", "hold"] = "resend"

    @field_validator("admins", mode="before")
    @classmethod
    def _admins(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return frozenset(_admin(part) for part in value.split(",") if part.strip())

    @field_validator("http_address", mode="before")
    @classmethod
    def _http_address(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        host, colon, port = value.rpartition(":")
        if not colon or not port.isdecimal() or int(port) > 65535:
            raise ValueError("host_port")
        return host.strip("[]") or "127.0.0.1", int(port)

    @field_validator("telegram_api_url", "slack_api_url", "telegram_webhook_url", "llm_url")
    @classmethod
    def _address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        if not _is_web_address(value):
            raise ValueError("web_address")
        return (
            value
            if info.field_name == "slack_api_url" and value.endswith("/")
            else value.rstrip("/") + ("/" if info.field_name == "slack_api_url" else "")
        )

    @field_validator("contact")
    @classmethod
    def _contact(cls, value: str) -> str:
        if not (
            value.isascii() and value.isprintable()
        ):  # it goes into a header, without which nothing is asked
            raise ValueError("contact")
        return value

    @field_validator("llm_key")
    @classmethod
    def _key(cls, value: SecretStr | None) -> SecretStr | None:
        held = value.get_secret_value() if value else ""
        if not (
            held.isascii() and held.isprintable()
        ):  # a mark of direction that was copied along, a line break
            raise ValueError("key")
        return value

    @field_validator("sources", "topics", "data_dir")
    @classmethod
    def _home(cls, value: Path | None) -> Path | None:
        try:
            return value.expanduser() if value else value
        except RuntimeError:  # it begins with ~ and nobody's name
            raise ValueError("home") from None

    @model_validator(mode="after")
    def _together(self) -> "Settings":
        for name, other in _NEEDS:
            if getattr(self, name) and not getattr(self, other):
                raise ValueError(f"needs {_PREFIX}{name.upper()} {_PREFIX}{other.upper()}")
        return self

    @property
    def database(self) -> str:
        """The database address; SQLite in the data folder unless another is set."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'kawalis.db'}"

    @property
    def telegram_tokens(self) -> tuple[str, ...]:
        secret = self.telegram_token.get_secret_value() if self.telegram_token else ""
        return tuple(dict.fromkeys(part.strip() for part in secret.split(",") if part.strip()))

    @property
    def has_slack(self) -> bool:
        return bool(self.slack_bot_token or self.slack_client_id)


_NEEDS = (  # a setting, and the one without which it is of no use
    ("telegram_webhook_url", "telegram_webhook_secret"),
    ("llm_url", "llm_model"),
    ("slack_client_id", "slack_client_secret"),
    ("slack_client_secret", "slack_client_id"),
)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port  # one beyond 65535 raises
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0


def _admin(part: str) -> tuple[str, str]:
    """Who that is, by the id under which the platform tells of them: a name or a handle would never match."""
    platform, _, person = (each.strip() for each in part.partition(":"))
    if platform == "telegram" and person.isdecimal():
        return platform, str(int(person))
    if platform == "slack" and _SLACK_PERSON.fullmatch(person):
        return platform, person
    raise ValueError("admins")


def load_settings(config: Path | None = None, **overrides: Any) -> Settings:
    """Read the settings. A file given with `--config` stands in the place of `.env`.

    Raises `SettingsError` naming the setting and what is wrong with it; values are never repeated, since
    a mistyped line may hold a secret.
    """
    if config is not None and not config.is_file():
        raise SettingsError("settings.no_file", file=str(config))
    try:
        _see_that_each_line_is_understood(config or Path(".env"))
        return Settings(_env_file=config or ".env", **overrides)  # type: ignore[call-arg]
    except UnicodeDecodeError:
        raise SettingsError("input.not_utf8", file=str(config or ".env")) from None
    except ValidationError as error:
        raise _understandable(error.errors(include_input=False, include_url=False)[0]) from None


def _see_that_each_line_is_understood(file: Path) -> None:
    """A line of the file that says nothing to its reader would be passed over, and a setting missing. Raises
    `SettingsError` with the line's number (from 1).
    """
    if not file.is_file():
        return
    with file.open(encoding="utf-8-sig") as stream:
        for line in parse_stream(stream):
            if line.error or (line.value is None and (line.key or "").upper().startswith(_PREFIX)):
                before = len(line.original.string) - len(line.original.string.lstrip())
                number = line.original.line + line.original.string.count("\n", 0, before)
                raise SettingsError("settings.broken_line", file=str(file), line=str(number))


def unknown_settings(given: Iterable[str]) -> list[tuple[str, str]]:
    """The names that look like settings and are none, each with the setting that it comes nearest to, or ""."""
    known = [name.upper() for name in Settings.model_fields]
    begun = (name.upper() for name in given if name.upper().startswith(_PREFIX))
    strangers = sorted({name.removeprefix(_PREFIX) for name in begun} - set(known))
    near = {name: get_close_matches(name, known, n=1, cutoff=0.75) for name in strangers}
    return [(_PREFIX + name, _PREFIX + near[name][0] if near[name] else "") for name in strangers]


def given_names(environment: Iterable[str], config: Path | None = None) -> list[str]:
    """The names that are set in the environment and in the file of settings."""
    return [*environment, *DotEnvSettingsSource(Settings, env_file=config or ".env").env_vars]


def _understandable(first: Any) -> SettingsError:
    """The first thing that is wrong, as an error with a text of its own in each language."""
    kind, _, needed = str(first["msg"]).removeprefix("Value error, ").partition(" ")
    if kind == "needs":
        given, missing = needed.split()
        return SettingsError("settings.needs", name=given, missing=missing)
    name = "_".join(str(part) for part in first["loc"][:1]).upper()
    problem = _PROBLEMS.get(first["type"], kind if first["type"] == "value_error" else "other")
    bounds = first.get("ctx", {})
    expected = str(next((bounds[name] for name in ("expected", "ge", "gt", "le") if name in bounds), ""))
    return SettingsError(f"settings.problem.{problem}", name=_PREFIX + name.removeprefix(_PREFIX),
                         expected=expected.replace(" or ", " | ").replace("'", ""))  # fmt: skip


_PROBLEMS = {
    "int_parsing": "number", "float_parsing": "number", "int_from_float": "number", "int_parsing_size": "number",
    "finite_number": "number", "greater_than": "more", "greater_than_equal": "least", "less_than_equal": "most",
    "bool_parsing": "yes_no", "literal_error": "choice", "string_type": "other",
}  # fmt: skip
