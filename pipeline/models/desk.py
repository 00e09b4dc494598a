"""What `podcast.toml` says about the desk, the editors' pages in the browser."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from pipeline.messages import msg
from pipeline.models.fields import Model, field, invalid

_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


def _size(value: Any) -> Any:
    """`2 GB`, `500 MB` or a number of bytes → bytes, in powers of ten."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([A-Za-z]*)", value.strip())
    if found is None or found[2].upper() not in _UNITS:
        raise invalid("size", msg("a size is written like 2 GB or 500 MB"))
    return int(float(found[1].replace(",", ".")) * _UNITS[found[2].upper()])


Size = Annotated[int, BeforeValidator(_size, json_schema_input_type=int | str)]


class DeskSettings(Model):
    """[desk]: the editors' pages in the browser."""

    upload_limit: Size = field(
        "How large a recording may be that is added in the browser.",
        example="2 GB",
        default=2_000_000_000,
        gt=0,
    )
