"""Episodes and pages as another theme shows them: what stands below the title, without any frame of ours."""

from __future__ import annotations

from pipeline.models import Episode
from pipeline.website import views
from pipeline.website.context import Context
from pipeline.website.planned import Page
from pipeline.website.planning import content
from pipeline.website.planning.frame import html

TEXT = "text"
"""The block of a template that holds the text of a page, without its heading."""


def article(context: Context, episode: Episode) -> Page:
    """What the episode's page shows below its title, at the same address."""
    licence, chapters = context.house.licence(episode), views.chapters(context, episode)
    values: dict[str, object] = {
        "language": context.t.language,
        "spoken": views.language(context, episode),
        "episode": episode,
        "audio": views.player(context, episode, chapters),
        "easy": views.easy(episode),
        "signed": views.sign_language(context, episode),
        "notes": html(episode.notes),
        "label": views.label(context, episode),
        "transcripts": views.transcript_links(context, episode),
        "chapters": chapters,
        "links": views.link_groups(context, episode.links, episode),
        "figures": views.figures(context, episode),
        "licence": views.Anchor(licence.url, licence.name),
    }
    return Page(context.addresses.episode(episode) + "index.html", "article.html", values)


def texts(context: Context) -> tuple[Page, ...]:
    """The house's own pages; with their block `TEXT` another theme shows them."""
    return tuple(content.page_of(context, page, ()) for _, page in sorted(context.house.pages.items()))


def listed(page: Page) -> Page:
    """The episodes that one of these pages lists below its text, if any."""
    return Page(page.path, "listed.html", page.values)
