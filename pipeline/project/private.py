"""`private/` ↔ `Private`: consents that people write, approvals that `hdw approve` notes."""

from __future__ import annotations

from pathlib import Path

from pipeline.files import write_atomic
from pipeline.models import Approval, Approvals, Consents, Private
from pipeline.project import layout, settings, toml


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
