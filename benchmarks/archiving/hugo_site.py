"""The same archive for Hugo: a file of Markdown a talk, layouts, and a configuration."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.archiving import telling
from benchmarks.archiving.talks import INSTITUTIONS, SERIES, Archive, Talk

LAYOUTS = Path(__file__).parent / "hugo_layouts"
CONFIGURATION = """\
baseURL = "https://podcast.example.org/"
title = "Haus des Wissens"
defaultContentLanguage = "de"
timeZone = "Europe/Berlin"
removePathAccents = true

[taxonomies]
thema = "themen"
person = "personen"
reihe = "reihen"
haus = "haeuser"

[permalinks]
folgen = "/folgen/:slug/"

[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]

[services.rss]
limit = 500

[markup.goldmark.renderer]
unsafe = true
"""


def found(root: Path, _: Archive) -> None:
    """Configuration, layouts, and the series, each of which has a feed."""
    shutil.copytree(LAYOUTS, root / "layouts")
    shutil.copy(telling.FURNITURE, root / "layouts/_partials")
    (root / "content/folgen").mkdir(parents=True)
    (root / "hugo.toml").write_text(CONFIGURATION, encoding="utf-8")
    for id_, (title, _) in SERIES.items():
        folder = root / "content/reihen" / id_
        folder.mkdir(parents=True)
        text = f"---\ntitle: {title}\noutputs: [html, rss]\n---\n"
        (folder / "_index.md").write_text(text, encoding="utf-8")


def write(root: Path, _: Archive, talk: Talk) -> None:
    """A talk's file; its front matter is JSON, which YAML holds as well."""
    values = {
        "title": talk.title,
        "date": talk.date.isoformat(),
        "slug": talk.slug,
        "summary": talk.summary,
        "laenge": telling.clock(talk.length_s),
        "themen": list(talk.topics),
        "personen": [person.name for person in talk.people],
        "reihen": [SERIES[talk.series][0]],
        "haeuser": [INSTITUTIONS[talk.institution][0]],
        "kapitel": [{"zeit": telling.clock(at), "titel": title} for at, title in talk.chapters],
    }
    front_matter = "\n".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()
    )
    (root / f"content/folgen/{talk.number:06}.md").write_text(
        f"---\n{front_matter}\n---\n\n<section>\n{telling.transcript(talk)}\n</section>\n\n"
        f"{telling.markdown(talk)}\n",
        encoding="utf-8",
    )
