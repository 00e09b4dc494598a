"""How long and how large things may be, as the specifications say."""

from __future__ import annotations

COVER_PIXELS = (1400, 3000)
"""A side of a cover (Apple, artwork; PSP-1, itunes:image)."""
DESCRIPTION_BYTES = 4000
"""A description in UTF-8 (Apple; PSP-1, description)."""
DISPLAY = 32
"""What stands in place of an episode's number, or on a button for an edition (Podcasting 2.0)."""
SHORT = 128
"""What aggregators keep of a text or an attribute (Podcasting 2.0, docs/tags)."""
SMALL_PICTURE = (144, 400)
"""Width and height of `<image>` (RSS 2.0, optional channel elements)."""
SOUNDBITE_SECONDS = (15, 120)
"""The best length of a soundbite (Podcasting 2.0, soundbite)."""
SPOTIFY_BYTES = 200_000_000
"""The largest enclosure that Spotify takes (Podcast Delivery Specification)."""
TEXT_CHARACTERS = 255
"""Every text of which nothing else is said (Apple; PSP-1, HTML and Link Support)."""
TXT_CHARACTERS = 4000
"""The text of `<podcast:txt>` (Podcasting 2.0, txt)."""
