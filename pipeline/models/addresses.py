"""Where everything lies on the published site: the one place that knows the shape of its addresses."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models.audio import Edition
from pipeline.models.episode import Episode
from pipeline.models.house import PictureFacts
from pipeline.models.show import Show

FEED = "feed.xml"
FOLDERS = ("archiv", "audio", "bilder", "folgen", "personen", "reihen", "themen")
"""The folders of the site that hold nothing but what this program wrote."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths below the site's root (`folgen/titel/`), without a slash in front.

    `href` puts the site's own path before one (for links between pages: right at the root of a host and
    below a path), `absolute` the whole address (for feeds).
    """

    show: Show

    def href(self, path: str) -> str:
        """`/podcast/folgen/titel/` for `folgen/titel/`."""
        return self.show.path + path

    def absolute(self, path: str) -> str:
        """`https://host/podcast/folgen/titel/` for `folgen/titel/`."""
        return self.show.address + path

    def episode(self, episode: Episode) -> str:
        """The episode's page."""
        return f"folgen/{episode.address}/"

    def transcript(self, episode: Episode, suffix: str) -> str:
        """A transcript file; suffix with its dot (`.vtt`). The name stays when the text is corrected."""
        return f"{self.episode(episode)}transkript{suffix}"

    def words(self, episode: Episode, mark: str) -> str:
        """When each word is spoken; `mark` are the first eight characters of the content's SHA-256."""
        return f"{self.episode(episode)}words.{mark}.json"

    def chapters(self, episode: Episode) -> str:
        """The chapters as PodcastIndex JSON."""
        return f"{self.episode(episode)}kapitel.json"

    def audio(self, episode: Episode, edition: Edition) -> str:
        """A published edition: its name carries its content, so it never changes under a name."""
        return f"audio/{episode.address}.{edition.mark}{edition.suffix}"

    def picture(self, name: str, facts: PictureFacts) -> str:
        """A picture, named by its content alone (`bilder/0a1b2c3d4e5f6071.jpg`).

        `name`, what the house calls the file, stays inside: it may say who is hidden.
        """
        suffix = ".jpg" if facts.format == "JPEG" else f".{facts.format.lower()}"
        return f"bilder/{facts.sha256[:16]}{suffix}"

    def person(self, id_: str) -> str:
        """A person's page."""
        return f"personen/{id_}/"

    def topic(self, id_: str) -> str:
        """A topic's page."""
        return f"themen/{id_}/"

    def series(self, id_: str) -> str:
        """A series' page."""
        return f"reihen/{id_}/"

    def archive(self, year: int | None = None) -> str:
        """The archive of a year; without one, the overview."""
        return f"archiv/{year}/" if year else "archiv/"

    def page(self, id_: str) -> str:
        """A page of the house."""
        return f"{id_}/"
