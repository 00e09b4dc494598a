"""Every rule, a row each: required ones stop a production build, recommended ones are hints."""

from __future__ import annotations

from pipeline.checks import episodes, material, show
from pipeline.checks.rules import Finding, Rule
from pipeline.errors import Level
from pipeline.messages import msg
from pipeline.models import House

_APPLE = "Apple: A Podcaster's Guide to RSS"
_WCAG = "WCAG 2.2"
_MUST, _SHOULD = Level.REQUIRED, Level.RECOMMENDED

RULES: tuple[Rule, ...] = (
    Rule("address-secure", _SHOULD, "PSP-1", msg("Apps and browsers ask for https."), show.address_secure),
    Rule(
        "category-known",
        _MUST,
        f"{_APPLE}, itunes:category",
        msg("Directories sort by it."),
        show.category_known,
    ),
    Rule(
        "chapters-rise",
        _MUST,
        "PodcastIndex, jsonChapters",
        msg("Apps jump by them."),
        episodes.chapters_rise,
    ),
    Rule(
        "chapters-useful", _SHOULD, _APPLE, msg("Apps leave single chapters out."), episodes.chapters_useful
    ),
    Rule("cover-described", _SHOULD, f"{_WCAG} 1.1.1", msg("Not everybody sees it."), show.cover_described),
    Rule("cover-fits", _MUST, f"{_APPLE}, artwork", msg("Apps refuse other sizes."), show.cover_fits),
    Rule("description-short", _MUST, "PSP-1", msg("Apps cut longer ones."), show.description_short),
    Rule("hidden-unsaid", _MUST, "GDPR", msg("Hidden people stay unnamed."), episodes.hidden_names_unsaid),
    Rule("identity-kept", _MUST, f"{_APPLE}, guid", msg("Apps know episodes by it."), episodes.identity_kept),
    Rule(
        "numbers-unique", _MUST, f"{_APPLE}, itunes:episode", msg("Apps sort by it."), episodes.numbers_unique
    ),
    Rule("pages-exist", _MUST, "BITV 2.0", msg("Links have to lead somewhere."), show.pages_exist),
    Rule("people-known", _MUST, "docs/", msg("Pages show their names."), episodes.people_known),
    Rule("pictures-cleared", _MUST, "UrhG § 13", msg("Authors have to be named."), material.pictures_cleared),
    Rule(
        "pictures-described", _MUST, f"{_WCAG} 1.1.1", msg("Not everybody sees."), material.pictures_described
    ),
    Rule("pictures-present", _MUST, "docs/", msg("Pages show them."), material.pictures_present),
    Rule("recording-here", _SHOULD, "docs/", msg("Nothing new can be made."), material.recording_here),
    Rule(
        "recording-present", _MUST, "RSS 2.0, enclosure", msg("Nothing to hear."), material.recording_present
    ),
    Rule("recording-unaltered", _MUST, "docs/", msg("Facts would be wrong."), material.recording_unaltered),
    Rule("references-known", _MUST, "docs/", msg("Links have to lead somewhere."), episodes.references_known),
    Rule("samples-stay-home", _MUST, "docs/", msg("Samples are no content."), episodes.samples_stay_home),
    Rule("series-institution", _MUST, "docs/", msg("Pages show it."), show.series_institution_known),
    Rule("summary-present", _MUST, "PSP-1, description", msg("Apps show it."), episodes.summary_present),
    Rule("title-plain", _SHOULD, f"{_APPLE}, title", msg("Apps show both."), episodes.title_plain),
    Rule("transcript-checked", _MUST, f"{_WCAG} 1.2.1", msg("Machines err."), material.transcript_checked),
    Rule(
        "transcript-inside", _MUST, "WebVTT", msg("Apps follow the times."), material.transcript_inside_audio
    ),
    Rule("transcript-speakers", _SHOULD, f"{_WCAG} 1.2.1", msg("Readers ask who."), material.speakers_known),
)


def run(house: House) -> tuple[tuple[Rule, Finding], ...]:
    """Every finding of every rule."""
    return tuple((rule, finding) for rule in RULES for finding in rule.check(house))


__all__ = ["RULES", "Finding", "Rule", "run"]
