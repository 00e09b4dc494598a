"""Planned files → files: renders with an environment of its own, writes whole and only where bytes differ."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)

from pipeline.errors import BuildError
from pipeline.files import whole, write_atomic
from pipeline.messages import Message, Translator, msg
from pipeline.website import assets
from pipeline.website.planned import Copy, Document, Keyed, Made, Page, Planned
from pipeline.website.searching import Bundle, bundles
from pipeline.website.templates import Templates


class Writer:
    """Writes files below `output`, pages with the templates of a theme.

    `keys` says, by path, with which key the files were made that lie there. `compiled` is a folder that keeps
    templates as Python's own code.
    """

    def __init__(
        self,
        output: Path,
        templates: Templates,
        keys: Mapping[str, str] = MappingProxyType({}),
        compiled: Path | None = None,
    ) -> None:
        self.output, self._keys, self._static = output, keys, templates.theme / "static"
        self._environment = _environment(templates.theme, assets.asset(templates.files), compiled)

    def write(self, one: Planned) -> Iterator[tuple[str, bool]]:
        """The path of every file that is planned here, and whether its bytes are new.

        BuildError names the template or the file that went wrong.
        """
        target = self.output / one.path
        try:
            if isinstance(one, Bundle):
                yield from bundles.write(one, self.output)
            else:
                yield one.path, self._write(one, target)
        except OSError as error:
            reason = error.strerror or str(error)
            raise BuildError(
                msg("The file cannot be written: {reason}.", reason=reason), where=target
            ) from error

    def _write(self, one: Page | Document | Copy | Made | Keyed, target: Path) -> bool:
        if isinstance(one, Copy):
            return _copy(one, target)
        if isinstance(one, Made):
            return not _is_made(one, target) and write_atomic(target, one.make(self._static), durable=False)
        if isinstance(one, Keyed) and self._keys.get(one.path) == one.key and target.is_file():
            return False
        return write_atomic(target, self._data(one), durable=False)  # a page can be made again

    def _data(self, one: Page | Document | Keyed) -> bytes:
        if isinstance(one, Page):
            return _rendered(one, self._environment)
        return one.make() if isinstance(one, Keyed) else one.data


def write(planned: Iterable[Planned], output: Path, theme: Path) -> tuple[str, ...]:
    """Write everything below `output`, with the theme's own files; the paths of all that lies there then."""
    templates = Templates(theme)
    writer = Writer(output, templates)
    own = (Document(path, data) for path, data in templates.files.values())
    return tuple(sorted(path for one in (*planned, *own) for path, _ in writer.write(one)))


def renderer(theme: Path) -> Callable[[Page, str], str]:
    """What renders a page with the templates of a theme; of a block of the template ("": all of it) only."""
    environment = _environment(theme, assets.asset(assets.published(theme)))
    return lambda page, block: _rendered(page, environment, block).decode()


def _kept_in(folder: Path) -> FileSystemBytecodeCache | None:
    """Keeps compiled templates; nothing does in a house that can only be read."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


def _environment(theme: Path, asset: assets.Asset, compiled: Path | None = None) -> Environment:
    environment = Environment(
        bytecode_cache=_kept_in(compiled) if compiled else None,
        loader=FileSystemLoader(theme / "templates"),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

    environment.globals["asset"] = asset
    return environment


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
