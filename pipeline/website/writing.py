"""Planned files → files: renders with an environment of its own, writes whole and only where bytes differ."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

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
from pipeline.models import RESERVED
from pipeline.website import assets, keeping
from pipeline.website.planned import Copy, Document, Keyed, Made, Page, Planned
from pipeline.website.searching import Bundle, bundles


@dataclass(frozen=True, slots=True)
class Report:
    """Paths that were written, and that were left as they were."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]


def write(
    planned: Iterable[Planned], output: Path, theme: Path, *, keys: Mapping[str, str] = MappingProxyType({})
) -> Report:
    """Write everything below `output`; BuildError names the template or the file that went wrong.

    `keys` says, by path, with which key the files were made that lie there. The theme's own files come along
    where there is a page that uses them.
    """
    own = assets.published(theme)
    environment = _environment(theme, assets.asset(own))
    written: list[str] = []
    unchanged: list[str] = []
    files = list(planned)
    if any(isinstance(one, Page) for one in files):
        files += [Document(path, data) for path, data in own.values()]
    for one in files:
        if isinstance(one, Keyed) and keys.get(one.path) == one.key and (output / one.path).is_file():
            unchanged.append(one.path)
            continue
        for path, changed in _written(one, output, environment, theme / "static"):
            (written if changed else unchanged).append(path)
    return Report(tuple(sorted(written)), tuple(sorted(unchanged)))


def renderer(theme: Path) -> Callable[[Page, str], str]:
    """What renders a page with the templates of a theme; of a block of the template ("": all of it) only."""
    environment = _environment(theme, assets.asset(assets.published(theme)))
    return lambda page, block: _rendered(page, environment, block).decode()


def sweep(output: Path, report: Report) -> tuple[str, ...]:
    """Remove what an earlier build left in the site's own folders: a page taken back, a name now hidden.

    Files elsewhere (`CNAME`, `.htaccess`) are somebody else's and stay. Returns the paths removed.
    """
    wanted = {*report.written, *report.unchanged}
    gone = []
    for folder in RESERVED:
        for path in sorted((output / folder).rglob("*"), reverse=True):  # a folder's files before the folder
            name = path.relative_to(output).as_posix()
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif name not in wanted:
                path.unlink()
                gone.append(name)
    if keeping.RULES not in wanted and keeping.is_ours(output / keeping.RULES):
        (output / keeping.RULES).unlink()
        gone.append(keeping.RULES)
    return tuple(sorted(gone))


def _environment(theme: Path, asset: assets.Asset) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(theme / "templates"),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    environment.globals["asset"] = asset
    return environment


def _written(
    one: Planned, output: Path, environment: Environment, static: Path
) -> Iterator[tuple[str, bool]]:
    """The path of every file that is planned here, and whether its bytes are new."""
    target = output / one.path
    try:
        if isinstance(one, Bundle):
            yield from bundles.write(one, output)
        else:
            yield one.path, _write(one, target, environment, static)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BuildError(msg("The file cannot be written: {reason}.", reason=reason), where=target) from error


def _write(
    one: Page | Document | Copy | Made | Keyed, target: Path, environment: Environment, static: Path
) -> bool:
    if isinstance(one, Copy):
        return _copy(one, target)
    if isinstance(one, Made):
        return not _is_made(one, target) and write_atomic(target, one.make(static), durable=False)
    return write_atomic(target, _data(one, environment), durable=False)  # a page can be made again


def _data(one: Page | Document | Keyed, environment: Environment) -> bytes:
    if isinstance(one, Page):
        return _rendered(one, environment)
    return one.make() if isinstance(one, Keyed) else one.data


def _rendered(page: Page, environment: Environment, block: str = "") -> bytes:
    translate = Translator(str(page.values.get("language", "en")))

    def t(text: str, **values: object) -> str:
        return translate(Message(text, tuple(values.items())))

    try:
        template = environment.get_template(page.template)
        if block:
            return "".join(template.blocks[block](template.new_context({**page.values, "t": t}))).encode()
        return template.render(**page.values, t=t).encode()
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


def _is_made(one: Made, target: Path) -> bool:
    """Whether the file was made from the same: its name says so, or what stands at its end."""
    if not target.is_file():
        return False
    with target.open("rb") as file:
        file.seek(max(0, target.stat().st_size - len(one.mark)))
        return file.read() == one.mark if one.mark else True


def _copy(one: Copy, target: Path) -> bool:
    if target.is_file() and target.stat().st_size == one.source.stat().st_size:
        return False  # the name carries the content
    with whole(target, durable=False) as part:
        shutil.copyfile(one.source, part)
    return True
