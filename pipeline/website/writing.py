"""Planned files → files: renders with an environment of its own, writes whole and only where bytes differ."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)

from pipeline.errors import BuildError
from pipeline.files import whole, write_atomic
from pipeline.messages import Message, Translator, msg
from pipeline.website.planned import Copy, Document, Page, Planned


@dataclass(frozen=True, slots=True)
class Report:
    """Paths that were written, and that were left as they were."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]


def write(planned: Iterable[Planned], output: Path, theme: Path) -> Report:
    """Write everything below `output`; BuildError names the template and the page that went wrong."""
    assets = _assets(theme)
    environment = _environment(theme, {name: path for name, (path, _) in assets.items()})
    written: list[str] = []
    unchanged: list[str] = []
    files: list[Planned] = [*planned, *(Document(path, data) for path, data in assets.values())]
    for one in files:
        changed = _write(one, output, environment)
        (written if changed else unchanged).append(one.path)
    return Report(tuple(sorted(written)), tuple(sorted(unchanged)))


def _environment(theme: Path, assets: dict[str, str]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(theme / "templates"),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["asset"] = lambda name: assets[name]
    return environment


def _write(one: Planned, output: Path, environment: Environment) -> bool:
    target = output / one.path
    if isinstance(one, Copy):
        return _copy(one, target)
    data = _rendered(one, environment) if isinstance(one, Page) else one.data
    return write_atomic(target, data, durable=False)  # a page can be made again


def _rendered(page: Page, environment: Environment) -> bytes:
    translate = Translator(str(page.values.get("language", "en")))

    def t(text: str, **values: object) -> str:
        return translate(Message(text, tuple(values.items())))

    try:
        return environment.get_template(page.template).render(**page.values, t=t).encode()
    except TemplateSyntaxError as error:
        where = f"theme/templates/{error.name}:{error.lineno}"
        raise BuildError(
            msg("The template is wrong: {reason}.", reason=error.message or ""), where=where
        ) from error
    except (TemplateError, TypeError, AttributeError, KeyError, ValueError) as error:
        message = msg("The page {page} cannot be made: {reason}.", page=page.path, reason=str(error))
        raise BuildError(message, where=f"theme/templates/{_place(error, page.template)}") from error


def _place(error: BaseException, template: str) -> str:
    trace = error.__traceback__
    place = template
    while trace:
        name = trace.tb_frame.f_code.co_filename.replace(os.sep, "/")
        if "/templates/" in name:
            place = f"{name.rpartition('/templates/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _copy(one: Copy, target: Path) -> bool:
    if target.is_file() and target.stat().st_size == one.source.stat().st_size:
        return False  # the name carries the content
    with whole(target, durable=False) as part:
        shutil.copyfile(one.source, part)
    return True


def _assets(theme: Path) -> dict[str, tuple[str, bytes]]:
    """Every file of theme/static → its published name with the content's hash, and its bytes.

    A style sheet names its fonts by their published names, so it is hashed after them.
    """
    folder = theme / "static"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    made: dict[str, tuple[str, bytes]] = {}
    for path in sorted(files, key=lambda p: p.suffix == ".css"):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        if path.suffix == ".css":
            data = _linked(data.decode(), made).encode()
        mark = hashlib.sha256(data).hexdigest()[:8]
        licence = path.suffix == ".txt"
        made[name] = (
            f"assets/{name}" if licence else f"assets/{name.removesuffix(path.suffix)}.{mark}{path.suffix}",
            data,
        )
    return made


def _linked(css: str, made: dict[str, tuple[str, bytes]]) -> str:
    def published(match: re.Match[str]) -> str:
        path = made.get(match[1])
        return f"url({path[0].removeprefix('assets/')})" if path else match[0]

    return re.sub(r"url\(([^)\"']+)\)", published, css)
