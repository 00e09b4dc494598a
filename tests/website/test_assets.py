"""Files of the theme get names that carry their content, and name each other by those."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from pipeline.errors import BuildError
from pipeline.website import assets

THEME = Path(__file__).parent.parent.parent / "theme"
MOST_SCRIPT_BYTES = 10_000


def _theme(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / "static" / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_script_imports_modules_by_their_published_names(tmp_path: Path) -> None:
    files = {"a__main_js": 'import { b } from "./b.js";\nb();\n', "a__b_js": "export const b = () => 1;\n"}
    made = assets.published(_theme(tmp_path, **files))
    name = made["a/b.js"][0].rpartition("/")[2]
    assert re.fullmatch(r"b\.[0-9a-f]{8}\.js", name)
    assert made["a/main.js"][1].decode().startswith(f'import {{ b }} from "./{name}";')


def test_another_module_gives_the_script_that_imports_it_another_name(tmp_path: Path) -> None:
    main = {"main_js": 'import { b } from "./b.js";\n'}
    before = assets.published(_theme(tmp_path / "1", **main, b_js="export const b = 1;\n"))
    after = assets.published(_theme(tmp_path / "2", **main, b_js="export const b = 2;\n"))
    assert before["main.js"][0] != after["main.js"][0]


def test_comments_of_a_script_stay_at_home(tmp_path: Path) -> None:
    made = assets.published(_theme(tmp_path, a_js='// Why.\nconst a = "//"; // kept\n  // And why.\n'))
    assert made["a.js"][1].decode() == 'const a = "//"; // kept\n'


def test_a_style_sheet_names_its_fonts_by_their_published_names(tmp_path: Path) -> None:
    files = {"a_css": "src: url(fonts/x.woff2), url(#mark)", "fonts__x_woff2": "x"}
    made = assets.published(_theme(tmp_path, **files))
    font = made["fonts/x.woff2"][0].removeprefix("assets/")
    assert made["a.css"][1].decode() == f"src: url({font}), url(#mark)"


def test_files_that_name_each_other_in_a_circle_are_an_error(tmp_path: Path) -> None:
    files = {"a_js": 'import "./x";\nimport { b } from "./b.js";\n', "b_js": 'import { a } from "./a.js";\n'}
    with pytest.raises(BuildError, match=r"a\.js → b\.js → a\.js"):
        assets.published(_theme(tmp_path, **files))


@pytest.mark.parametrize(("page", "modules"), [("dates", 1), ("player", 9), ("search", 4), ("subscribe", 1)])
def test_rule_34_a_pages_script_is_small(page: str, modules: int) -> None:
    made = assets.published(THEME)
    scripts = [made[name][1] for name in made if name.startswith(f"{page}/") and name.endswith(".js")]
    assert len(scripts) == modules
    assert sum(len(gzip.compress(data)) for data in scripts) <= MOST_SCRIPT_BYTES


def test_every_script_belongs_to_a_page() -> None:
    scripts = [name for name in assets.published(THEME) if name.endswith(".js")]
    assert {name.partition("/")[0] for name in scripts} == {"dates", "player", "search", "subscribe"}
