"""What the front doors see of the steps, and what they do not wait for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline import workflow

NOT_FOR_STATUS = (
    "jinja2",
    "lxml",
    "numpy",
    "pipeline.checks",
    "pipeline.feed",
    "pipeline.website",
    "starlette",
    "torch",
)


@pytest.mark.parametrize("name", workflow.__all__)
def test_every_step_that_is_listed_is_there(name: str) -> None:
    assert getattr(workflow, name) is not None


def test_the_table_of_episodes_waits_for_nothing_that_it_does_not_need() -> None:
    code = (
        "import sys; from pipeline import workflow; workflow.status, workflow.find\n"
        f"assert not set({NOT_FOR_STATUS}) & set(sys.modules), set({NOT_FOR_STATUS}) & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
