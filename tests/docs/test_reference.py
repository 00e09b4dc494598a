"""The reference in docs/ is that of the declarations, and what it shows can be typed."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter

from pipeline.messages import Message, Translator
from pipeline.models import Episode, Model, fields
from pipeline.models.fields import field
from pipeline.project import front_matter, moment
from pipeline.workflow.schemas import KINDS, NOT_WRITTEN
from tools import reference

FILES = tuple(kind.model for kind in reference.FILES)
WRITTEN = [
    pytest.param(model, name, info, id=f"{model.__name__}.{name}")
    for model in (*FILES, *reference.groups(FILES))
    for name, info in fields(model)
]


@pytest.mark.parametrize("language", reference.PAGES)
def test_the_page_is_that_of_the_declarations(language: str) -> None:
    assert reference.PAGES[language].read_text(encoding="utf-8") == reference.page(language), "make docs"


def test_every_kind_of_file_is_explained() -> None:
    assert set(FILES) == set(KINDS.values())


@pytest.mark.parametrize("language", reference.PAGES)
def test_every_field_is_explained(language: str) -> None:
    page, say = reference.page(language), Translator(language)
    for model in (*FILES, *reference.groups(FILES)):
        for name, info in fields(model):
            if not (model in FILES and name in NOT_WRITTEN):
                assert f"| `{name}` |" in page
                assert say(Message(info.description or "")) in page


def test_a_group_has_its_own_table_once_and_every_link_leads_there() -> None:
    for page in map(reference.page, reference.PAGES):
        anchors = re.findall(r'<a id="(.+?)">', page)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r"\]\(#(.+?)\)", page)) <= set(anchors)


def test_a_new_group_in_a_new_field_is_found_by_itself() -> None:
    class Weather(Model):
        rain: bool = field("It rained.", example=True, default=False)

    class Walk(Model):
        weather: tuple[Weather, ...] = field("The weather.", example=[{"rain": True}], default=())

    assert reference.groups((Walk,)) == (Weather,)


@pytest.mark.parametrize(("model", "name", "info"), WRITTEN)
def test_an_example_may_be_typed_as_it_stands(model: type[Model], name: str, info: Any) -> None:
    typed = reference.example(name, info, model).strip("`")
    if not typed:
        return
    toml = model in reference.PARTS
    read = tomllib.loads(typed) if toml else front_matter.parse(f"---\n{typed}\n---\n", "episode.md").values
    value = (
        moment(read[name], ZoneInfo("Europe/Berlin")) if (model, name) == (Episode, "date") else read[name]
    )
    TypeAdapter(Annotated[info.annotation, info]).validate_python(value)
