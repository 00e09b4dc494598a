"""How a field is declared: one line gives its type, whether it is required, its description and an example.

Reading front matter, the JSON Schema (`hdw schema`) and the reference page in `docs/` all walk these
declarations. Descriptions are messages: English here, German in the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from unidecode import unidecode

from pipeline.messages import Message, msg

UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, marks of direction and what is no character: no title from outside keeps them."""
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS", "&": " und "}
)


class Model(BaseModel):
    """A frozen value that people write; unknown keys are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, validate_default=False)


def field(description: str, /, *, example: Any, default: Any = ..., **rules: Any) -> Any:
    """Declare a field: what it means (English msgid), one example, and a default if it may be left out."""
    return Field(default, description=description, examples=[example], **rules)


def names_before(*, example: str) -> Any:
    """The same field of every kind of file whose name is the address of a page."""
    return field(
        "Names that the file had before: their addresses lead to the present page.",
        example=[example],
        default=(),
    )


def fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """The declared fields of a model in the order of their declaration."""
    yield from model.model_fields.items()


def inner_models(info: FieldInfo) -> tuple[type[Model], ...]:
    """The models that appear in a field's type, e.g. `Picture` for `tuple[Picture, ...]`."""

    def walk(annotation: Any) -> Iterator[type[Model]]:
        if isinstance(annotation, type) and issubclass(annotation, Model):
            yield annotation
        elif get_origin(annotation) is not None:
            for part in get_args(annotation):
                yield from walk(part)

    return tuple(walk(info.annotation))


@lru_cache(maxsize=1 << 15)  # the titles and topics of a large archive, several times over
def slug(text: str) -> str:
    """A name as it stands in addresses: ASCII, lower case, hyphens, German letters spelled out.

    `Büchelberg & Straße` gives `buechelberg-und-strasse`; text without any letter or digit gives "".
    """
    plain = unidecode(text.translate(_GERMAN)).lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def short_slug(text: str, most: int = 80) -> str:
    """The same in at most so many characters, as names of files and parts of addresses should be."""
    return slug(text)[:most].strip("-")


def invalid(kind: str, message: Message) -> PydanticCustomError:
    """The error for a validator to raise; `project` shows its message in the reader's language."""
    return PydanticCustomError(
        "hdw_" + kind, str(message).replace("{", "(").replace("}", ")"), {"message": message}
    )


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+\.?[^\s]*", value):
        raise invalid("web_address", msg("a web address starts with https:// and has no spaces"))
    return value


def _directory(value: str) -> str:
    if "?" in value or "#" in value:
        raise invalid("site_address", msg("the site's address has neither ? nor #"))
    return value if value.endswith("/") else value + "/"


def _relative_file(value: str) -> str:
    parts = value.replace("\\", "/").split("/")
    if value.startswith(("/", "\\", "~")) or ".." in parts or re.match(r"^[A-Za-z]:", value):
        raise invalid(
            "relative_file", msg("a file here is named relative to its folder and may not leave it")
        )
    return value


def _seconds(value: Any) -> Any:
    """`0:12:30`, `12:30`, `12:30.5` or a number of seconds → seconds as float."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return value
    parts = str(value).strip().replace(",", ".").split(":")
    if len(parts) > 3 or not all(re.fullmatch(r"\d+(\.\d+)?", part) for part in parts):  # noqa: PLR2004
        raise invalid("time", msg("a moment is written h:mm:ss, mm:ss or as seconds"))
    total = 0.0
    for part in parts:
        total = total * 60 + float(part)
    return total


Seconds = Annotated[float, BeforeValidator(_seconds, json_schema_input_type=float | str)]
Text = Annotated[str, StringConstraints(min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
WebAddress = Annotated[str, AfterValidator(_web_address)]
SiteAddress = Annotated[WebAddress, AfterValidator(_directory)]
"""The address of a folder: it ends with a slash."""
MailAddress = Annotated[str, StringConstraints(pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$")]
RelativeFile = Annotated[str, StringConstraints(min_length=1), AfterValidator(_relative_file)]
