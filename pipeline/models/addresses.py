"""Where everything lies on the published site: the one place that knows the shape of its addresses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.models.audio import Edition
from pipeline.models.episode import Episode
from pipeline.models.house import House, PictureFacts, VideoFacts
from pipeline.models.ledger import Ledger
from pipeline.models.show import Show
from pipeline.models.versions import RECIPE, Version, widest

FEED = "feed.xml"
EPISODES = "folgen/"
"""The folder with a page an episode."""
EMBED = "einbetten/"
"""The folder below an episode's page that holds the player for other sites."""
SEARCH = "suche/index/"
"""The folder with the parts of the search's index, each in a folder named by its content."""
ASSETS = "assets"
"""The folder of the theme's own files."""
FEED_STYLE = f"{ASSETS}/feed.css"
"""How browsers show feeds; the one asset without a hash in its name, so that old feeds keep their bytes."""
GONE = ".gone"
"""What stands after the name of an empty file that tells the web server: this was withdrawn (HTTP 410)."""
FOLDERS = (
    *("abonnieren", "archiv", "audio", "bilder", "feed", "folgen", "personen", "reihen"),
    *("suche", "themen"),
)
"""The folders of the site that hold nothing but what this program wrote."""
RESERVED = (*FOLDERS, ASSETS)
"""Where no page of the house may lie."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths below the site's root (`folgen/titel/`), without a slash in front.

    `href` puts the site's own path before one (for links between pages: right at the root of a host and
    below a path), `absolute` the whole address (for feeds). Both leave the whole address of another site as
    it is. What the ledger has given an address keeps it. `sound` is the address of another place for audio,
    "" where audio lies on the site.
    """

    show: Show
    ledger: Ledger = Ledger()
    sound: str = ""

    @classmethod
    def of(cls, house: House) -> Addresses:
        """The addresses of a house and of what it has published."""
        settings = house.settings
        return cls(settings.show, house.ledger, settings.audio_address if settings.audio_target else "")

    def href(self, path: str) -> str:
        """`/podcast/folgen/titel/` for `folgen/titel/`."""
        return path if "://" in path else self.show.path + path

    def absolute(self, path: str) -> str:
        """`https://host/podcast/folgen/titel/` for `folgen/titel/`."""
        return path if "://" in path else self.show.address + path

    @property
    def former_feeds(self) -> tuple[str, ...]:
        """Whole addresses at which the main feed was published before and is no more, the oldest first."""
        return tuple(url for url in self._published_feeds if url != self.absolute(FEED))

    @property
    def former_sites(self) -> tuple[str, ...]:
        """Whole addresses at which this site lay before, by those of its feed, the oldest first."""
        return _sites(self.former_feeds)

    def at_first(self, path: str) -> str:
        """The whole address that a path of the site had, or would have had, at the first publication."""
        return (*_sites(self._published_feeds), self.show.address)[0] + path

    @property
    def _published_feeds(self) -> tuple[str, ...]:
        return tuple(one.url for one in self.ledger.show.feeds) if self.ledger.show else ()

    def episode(self, episode: Episode) -> str:
        """The episode's page."""
        return self.episode_of(episode.address)

    def episode_of(self, slug: str) -> str:
        """The page of an episode with this slug."""
        return f"{EPISODES}{slug}/"

    def embed_of(self, slug: str) -> str:
        """The player for other sites of an episode with this slug."""
        return f"{self.episode_of(slug)}{EMBED}"

    def transcript(self, episode: Episode, suffix: str) -> str:
        """A transcript file; suffix with its dot (`.vtt`). The name stays when the text is corrected."""
        return self.transcript_of(episode.address, suffix)

    def transcript_of(self, slug: str, suffix: str) -> str:
        """The same of an episode with this slug."""
        return f"{self.episode_of(slug)}transkript{suffix}"

    def embed(self, episode: Episode) -> str:
        """The player for other sites."""
        return self.embed_of(episode.address)

    def sign_language(self, episode: Episode, facts: VideoFacts) -> str:
        """The episode's video in sign language; its name carries its content."""
        suffix = PurePosixPath(episode.sign_language or "").suffix.lower()
        return f"{self.episode(episode)}gebaerdensprache.{facts.mark}{suffix}"

    def poster(self, episode: Episode, facts: VideoFacts) -> str:
        """What stands there until that video plays."""
        return f"{self.episode(episode)}gebaerdensprache.{facts.mark}.jpg"

    def words(self, episode: Episode, mark: str) -> str:
        """When each word is spoken; `mark` are the first eight characters of the content's SHA-256."""
        return f"{self.episode(episode)}words.{mark}.json"

    def chapters(self, episode: Episode) -> str:
        """The chapters as PodcastIndex JSON."""
        return f"{self.episode(episode)}kapitel.json"

    def audio(self, episode: Episode, edition: Edition) -> str:
        """A published edition: its name carries its content, so it never changes under a name.

        One that a feed has named keeps its name for ever: below this site's root, also where that has moved,
        else the whole address. One that stays on another host has the address it has there, and all new ones
        where audio has a place of its own.
        """
        if edition.url:
            return edition.url
        known = self.ledger.edition(episode.guid, edition.sha256)
        if known is None:
            return f"{self.sound}audio/{episode.address}.{edition.mark}{edition.suffix}"
        return self.below(known.url) or known.url

    def audio_file(self, episode: Episode, edition: Edition) -> str:
        """That edition below the site's root, or below the place for audio; "" where it stays elsewhere."""
        path = self.audio(episode, edition)
        return path if "://" not in path else self.below_sound(path)

    def below(self, url: str) -> str:
        """A whole address as a path below this site, wherever that lay; "" for one that lies elsewhere."""
        if self.below_sound(url):
            return ""
        sites = (self.show.address, *self.former_sites)
        return next((url.removeprefix(one) for one in sites if url.startswith(one)), "")

    def below_sound(self, url: str) -> str:
        """The same below the place for audio, where there is one."""
        return url.removeprefix(self.sound) if self.sound and url.startswith(self.sound) else ""

    def picture(self, name: str, facts: PictureFacts) -> str:
        """A cover as it came, named by its content alone (`bilder/0a1b2c3d4e5f6071.jpg`).

        `name`, what the house calls the file, stays inside: it may say who is hidden.
        """
        suffix = ".jpg" if facts.format == "JPEG" else f".{facts.format.lower()}"
        return f"bilder/{facts.sha256[:16]}{suffix}"

    def small_picture(self, facts: PictureFacts) -> str:
        """The small JPEG of a picture, for RSS's own `<image>` (`bilder/0a1b2c3d4e5f6071.klein.jpg`)."""
        return f"bilder/{facts.sha256[:16]}.klein.jpg"

    def version(self, facts: PictureFacts, version: Version) -> str:
        """A picture in one size and format (`bilder/0a1b2c3d4e5f6071-480.1.avif`).

        The name says from which content it was made, how wide it is, and by which recipe.
        """
        return f"bilder/{facts.sha256[:16]}-{version.width}.{RECIPE}{version.suffix}"

    def single(self, facts: PictureFacts) -> str:
        """A picture for whoever takes one file: as wide as any, in the format that everybody opens."""
        return self.version(facts, widest(facts))

    def card(self, mark: str) -> str:
        """The drawn picture of an episode, named by what it shows."""
        return f"bilder/karte-{mark}.png"

    def citation(self, episode: Episode, suffix: str) -> str:
        """How the episode is cited, as a file; suffix with its dot (`.bib`)."""
        return f"{self.episode(episode)}zitat{suffix}"

    def person(self, id_: str) -> str:
        """A person's page."""
        return f"personen/{id_}/"

    def topics(self) -> str:
        """The overview of topics."""
        return "themen/"

    def topic(self, id_: str) -> str:
        """A topic's page."""
        return f"themen/{id_}/"

    def series(self, id_: str) -> str:
        """A series' page."""
        return f"reihen/{id_}/"

    def series_feed(self, id_: str) -> str:
        """The feed of a series."""
        return f"{self.series(id_)}feed.xml"

    def topic_feed(self, id_: str) -> str:
        """The feed of a topic."""
        return f"{self.topic(id_)}feed.xml"

    def format_feed(self, format_: str) -> str:
        """The feed of a further audio format."""
        return f"feed/{format_}.xml"

    @staticmethod
    def feed_page(path: str, number: int) -> str:
        """An archive page of the feed at `path`; 1 holds the oldest episodes."""
        return f"{path.removesuffix('.xml')}/{number}.xml"

    @staticmethod
    def subscribe(path: str = FEED) -> str:
        """The page that says how to subscribe to the feed at `path`."""
        if path.endswith(FEED):
            return f"{path.removesuffix(FEED)}abonnieren/"
        return f"abonnieren/{path.rpartition('/')[2].removesuffix('.xml')}/"

    def archive(self, year: int | None = None, institution: str = "") -> str:
        """The archive of a year, of an institution, or of both; without either, the overview."""
        folder = f"archiv/haus/{institution}/" if institution else "archiv/"
        return f"{folder}{year}/" if year else folder

    def page(self, id_: str) -> str:
        """A page of the house."""
        return f"{id_}/"


def _sites(feeds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(url.removesuffix(FEED) for url in feeds if url.endswith(f"/{FEED}"))
