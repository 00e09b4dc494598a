"""`private/` ↔ `Private`: consents that people and the program write, approvals that `hdw approve` notes."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from pipeline.errors import BusyError, MisuseError
from pipeline.files import write_atomic
from pipeline.messages import msg
from pipeline.models import Approval, Approvals, Consent, Consents, Private
from pipeline.project import layout, settings, tables, toml


def load_private(root: Path) -> Private | None:
    """What the folder holds; None where it is not on this computer. ProjectError with every mistake."""
    if not (root / layout.PRIVATE).is_dir():
        return None
    consents, approvals = Consents(), Approvals()
    if (root / layout.CONSENT).is_file():
        consents = settings.load_toml(root, layout.CONSENT, Consents)
    if (root / layout.APPROVALS).is_file():
        approvals = settings.load_toml(root, layout.APPROVALS, Approvals)
    return Private(consents.consents, approvals.approvals)


def add_approval(root: Path, approval: Approval) -> Path:
    """Append an answer, whole or not at all; what stands there stays. Returns the file."""
    path = root / layout.APPROVALS
    load_private(root)  # below a mistake nothing is added
    before = path.read_bytes() if path.is_file() else b""
    path.parent.mkdir(exist_ok=True)
    values = {name: getattr(approval, name) for name in Approval.model_fields}
    added = toml.dump({"approvals": [{name: value for name, value in values.items() if value != ""}]})
    write_atomic(path, b"\n".join(part for part in (before, added.encode()) if part))
    return path


def consents_mark(root: Path) -> str:
    """What tells one state of private/consent.toml from another: 16 hexadecimal digits."""
    return hashlib.sha256(_source(root)).hexdigest()[:16]


def save_consents(root: Path, consents: tuple[Consent, ...], mark: str) -> Path:
    """Write the consents as they become: those that are there in their places, new ones behind them.

    Every other byte of the file stays. BusyError if the file is not any more the one that `mark` tells of;
    MisuseError, and nothing written, if it is written in a way that cannot be changed from here.
    """
    path, before = root / layout.CONSENT, _source(root)
    if mark != consents_mark(root):
        raise BusyError(
            msg("The file was changed by somebody else in the meantime."),
            where=layout.CONSENT,
            hint=msg("Nothing was written. Open it anew, and do it once more."),
        )
    text = before.decode()
    private, known = load_private(root), tomllib.loads(text.removeprefix("\ufeff")).get("consents", [])
    given = private.consents if private else ()
    for at, one in enumerate(consents):
        was = given[at].model_dump() if at < len(given) else {}
        values = {key: value for key, value in one.model_dump().items() if not was or value != was[key]}
        plain = {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}
        text = (
            tables.with_values(text, "consents", at, known[at], plain)
            if was
            else tables.with_table(text, "consents", plain)
        )
    _refuse_other(text, consents)
    path.parent.mkdir(exist_ok=True)
    write_atomic(path, text.encode())
    return path


def _refuse_other(text: str, consents: tuple[Consent, ...]) -> None:
    """MisuseError if a text does not say what is meant."""
    try:
        said = Consents.model_validate(tomllib.loads(text.removeprefix("\ufeff"))).consents
    except ValueError:  # no TOML, or not of this kind
        said = ()
    if said != consents:
        raise MisuseError(
            msg("The file is written in a way that cannot be changed from here."),
            where=layout.CONSENT,
            hint=msg("Change it in the file itself."),
        )


def _source(root: Path) -> bytes:
    path = root / layout.CONSENT
    return path.read_bytes() if path.is_file() else b""
