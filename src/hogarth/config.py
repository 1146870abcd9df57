"""Every setting of an archive: one table, read once, nonsense refused with a sentence.

A setting comes from the environment (`HOGARTH_` and its name), else from `hogarth.toml` in the
data directory, else from its default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from hogarth.errors import Invalid, Unavailable

Kind = Literal["text", "count", "seconds", "bytes", "yes-no", "list"]
Value = str | int | float | bool | tuple[str, ...]

_UNITS: Final = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}
_WORDS: Final = {
    "yes": True, "true": True, "on": True, "1": True,
    "no": False, "false": False, "off": False, "0": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One row of OPTIONS. Units: by `kind`; bytes may be written 256M."""

    name: str
    kind: Kind
    default: Value
    meaning: str
    least: float | None = None
    most: float | None = None

    @property
    def variable(self) -> str:
        return "HOGARTH_" + self.name.upper()


OPTIONS: Final = (
    Option("site_name", "text", "Hogarth", "What the archive is called, on every page."),
    Option("language", "text", "en", "The language of the interface, as a BCP 47 tag."),
    Option("time_zone", "text", "UTC", "The time zone in which times are shown."),
    Option(
        "database", "text", "sqlite",
        "“sqlite” for a file in the data directory, or postgresql://USER:PASSWORD@HOST:PORT/NAME.",
    ),
    Option("host", "text", "127.0.0.1", "The address “hogarth serve” listens on."),
    Option("port", "count", 1882, "The port “hogarth serve” listens on.", 1, 65535),
    Option(
        "allowed_hosts", "list", (),
        "Host names the archive answers to besides this machine's own, comma-separated.",
    ),
    Option(
        "https", "yes-no", False,
        "Whether readers reach the archive by https: cookies are then sent by https alone.",
    ),
    Option("processes", "count", 1, "How many processes serve pages.", 1, 256),
    Option("page_size", "count", 25, "How many works a list shows at once.", 5, 200),
    Option(
        "page_cache_bytes", "bytes", 64 * 2**20,
        "How much memory each serving process keeps guests' pages in; 0 keeps none.", 0, 2**36,
    ),
    Option("adult_gate", "yes-no", True, "Whether works for adults ask before they open."),
    Option(
        "import_workers", "count", 0,
        "How many processes read files while importing; 0 takes one for each core.", 0, 256,
    ),
    Option(
        "import_file_bytes", "bytes", 256 * 2**20,
        "The largest single file that is read.", 2**10, 2**40,
    ),
    Option(
        "import_unpacked_bytes", "bytes", 2**30,
        "How much a container (zip, EPUB) may unpack to.", 2**10, 2**42,
    ),
    Option("import_members", "count", 20_000, "How many files a container may hold.", 1, 10**7),
    Option("import_depth", "count", 3, "How deep containers may lie in containers.", 0, 16),
    Option(
        "import_markup_depth", "count", 400,
        "How deep the elements of a page may be nested before they are flattened.", 16, 5_000,
    ),
    Option(
        "import_rows", "count", 100_000,
        "How many rows a table of works may have.", 1, 10**7,
    ),
    Option(
        "import_seconds", "seconds", 120.0,
        "How long one file may take to read before it is refused.", 0.1, 86_400,
    ),
    Option(
        "import_memory_bytes", "bytes", 2 * 2**30,
        "How much memory one reading process may use.", 2**28, 2**40,
    ),
    Option("session_days", "count", 14, "How long a sign-in lasts.", 1, 3650),
    Option(
        "claim_hours", "count", 24,
        "How long the one-time link that claims the archive is good for.", 1, 8760,
    ),
    Option(
        "upload_bytes", "bytes", 16 * 2**20,
        "The largest form that the site accepts.", 2**10, 2**34,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Config:
    """The settings of one archive. Shape: `values` has every name of OPTIONS."""

    data: Path
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        return str(self.values[name])

    def count(self, name: str) -> int:
        value = self.values[name]
        if not isinstance(value, int | float):
            raise TypeError(f"the option {name} is no number")
        return int(value)

    def seconds(self, name: str) -> float:
        return float(str(self.values[name]))

    def flag(self, name: str) -> bool:
        return self.values[name] is True

    def items(self, name: str) -> tuple[str, ...]:
        value = self.values[name]
        return value if isinstance(value, tuple) else ()


def data_directory(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the archive lies: HOGARTH_DATA, else XDG_DATA_HOME/hogarth, else ~/.local/share."""
    if environ.get("HOGARTH_DATA"):
        return Path(environ["HOGARTH_DATA"]).expanduser().absolute()
    home = environ.get("XDG_DATA_HOME") or "~/.local/share"
    return (Path(home).expanduser() / "hogarth").absolute()


@cache
def current() -> Config:
    """The settings of this process, read once from its environment."""
    return load(os.environ)


def load(environ: Mapping[str, str]) -> Config:
    """Read all options. Raises: Invalid, naming the option, what it says and what it may say."""
    data = data_directory(environ)
    written = _read_file(data / "hogarth.toml")
    values: dict[str, Value] = {}
    for option in OPTIONS:
        raw = environ.get(option.variable, written.get(option.name))
        values[option.name] = option.default if raw is None else parse(option, raw)
    return Config(data, values)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            written = tomllib.load(file)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unavailable(
            "The settings in %(path)s cannot be read: %(reason)s.",
            "Mend the file, or move it away to use the defaults.",
            path=str(path), reason=str(error),
        ) from None  # fmt: skip
    unknown = sorted(set(written) - {option.name for option in OPTIONS})
    if unknown:
        raise Invalid(
            "The settings in %(path)s name an option that does not exist: %(names)s.",
            "docs/reference/options.md lists every option.",
            path=str(path), names=", ".join(unknown),
        )  # fmt: skip
    return written


def parse(option: Option, raw: object) -> Value:
    """What was written for an option, as a value. Raises: Invalid."""
    value = _value(option, raw)
    if value is None:
        raise Invalid(
            "The option %(name)s is “%(raw)s”, which is not %(kind)s.",
            "%(meaning)s",
            name=option.name, raw=str(raw), kind=_KIND_WORDS[option.kind], meaning=option.meaning,
        )  # fmt: skip
    low = option.least is not None and isinstance(value, int | float) and value < option.least
    high = option.most is not None and isinstance(value, int | float) and value > option.most
    if low or high:
        raise Invalid(
            "The option %(name)s is %(raw)s, outside %(least)s to %(most)s.",
            "%(meaning)s",
            name=option.name, raw=str(raw), meaning=option.meaning,
            least=f"{option.least:,.0f}", most=f"{option.most:,.0f}",
        )  # fmt: skip
    return value


_KIND_WORDS: Final[dict[Kind, str]] = {
    "text": "a text",
    "count": "a whole number",
    "seconds": "a number of seconds",
    "bytes": "a size such as 256M",
    "yes-no": "yes or no",
    "list": "a list",
}


def _value(option: Option, raw: object) -> Value | None:
    """None when the text means nothing for this kind."""
    text = str(raw).strip()
    match option.kind:
        case "text":
            return text or None
        case "list":
            parts = raw if isinstance(raw, list) else text.split(",")
            return tuple(str(part).strip() for part in parts if str(part).strip())
        case "yes-no":
            return _WORDS.get(text.casefold())
        case "count":
            return int(text) if text.removeprefix("-").isdecimal() else None
        case "seconds":
            try:
                return float(text)
            except ValueError:
                return None
        case "bytes":
            number, unit = (text[:-1], text[-1:]) if text[-1:].isalpha() else (text, "")
            if not number.isdecimal() or unit.casefold() not in _UNITS:
                return None
            return int(number) * _UNITS[unit.casefold()]
