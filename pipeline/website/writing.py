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
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)

from pipeline.errors import BuildError
from pipeline.files import whole, write_atomic
from pipeline.messages import Message, Translator, msg
from pipeline.models import FOLDERS
from pipeline.website.planned import Copy, Document, Page, Planned

ASSETS = "assets"


@dataclass(frozen=True, slots=True)
class Report:
    """Paths that were written, and that were left as they were."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]


def write(planned: Iterable[Planned], output: Path, theme: Path) -> Report:
    """Write everything below `output`; BuildError names the template or the file that went wrong."""
    assets = _assets(theme)
    environment = _environment(theme, {name: path for name, (path, _) in assets.items()})
    written: list[str] = []
    unchanged: list[str] = []
    files: list[Planned] = [*planned, *(Document(path, data) for path, data in assets.values())]
    for one in files:
        changed = _write(one, output, environment)
        (written if changed else unchanged).append(one.path)
    return Report(tuple(sorted(written)), tuple(sorted(unchanged)))


def sweep(output: Path, report: Report) -> tuple[str, ...]:
    """Remove what an earlier build left in the site's own folders: a page taken back, a name now hidden.

    Files elsewhere (`CNAME`, `.htaccess`) are somebody else's and stay. Returns the paths removed.
    """
    wanted = {*report.written, *report.unchanged}
    gone = []
    for folder in (*FOLDERS, ASSETS):
        for path in sorted((output / folder).rglob("*"), reverse=True):  # a folder's files before the folder
            name = path.relative_to(output).as_posix()
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif name not in wanted:
                path.unlink()
                gone.append(name)
    return tuple(sorted(gone))


def _environment(theme: Path, assets: dict[str, str]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(theme / "templates"),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    def asset(name: str) -> str:
        if name not in assets:
            raise BuildError(msg("The theme has no file {name}.", name=name), where=f"theme/static/{name}")
        return assets[name]

    environment.globals["asset"] = asset
    return environment


def _write(one: Planned, output: Path, environment: Environment) -> bool:
    target = output / one.path
    try:
        if isinstance(one, Copy):
            return _copy(one, target)
        data = _rendered(one, environment) if isinstance(one, Page) else one.data
        return write_atomic(target, data, durable=False)  # a page can be made again
    except OSError as error:
        reason = error.strerror or str(error)
        raise BuildError(msg("The file cannot be written: {reason}.", reason=reason), where=target) from error


def _rendered(page: Page, environment: Environment) -> bytes:
    translate = Translator(str(page.values.get("language", "en")))

    def t(text: str, **values: object) -> str:
        return translate(Message(text, tuple(values.items())))

    try:
        return environment.get_template(page.template).render(**page.values, t=t).encode()
    except BuildError:
        raise
    except TemplateNotFound as error:
        where = f"theme/templates/{error.name}"
        raise BuildError(msg("There is no such template."), where=where) from error
    except TemplateSyntaxError as error:
        where = f"theme/templates/{error.name}:{error.lineno}"
        raise BuildError(
            msg("The template is wrong: {reason}.", reason=error.message or ""), where=where
        ) from error
    except Exception as error:  # a template may belong to the house, and raise anything
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
            f"{ASSETS}/{name}"
            if licence
            else f"{ASSETS}/{name.removesuffix(path.suffix)}.{mark}{path.suffix}",
            data,
        )
    return made


def _linked(css: str, made: dict[str, tuple[str, bytes]]) -> str:
    def published(match: re.Match[str]) -> str:
        path = made.get(match[1])
        return f"url({path[0].removeprefix(ASSETS + '/')})" if path else match[0]

    return re.sub(r"url\(([^)\"']+)\)", published, css)
