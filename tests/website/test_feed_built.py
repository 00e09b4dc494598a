"""What the feed names on the site is there, and is what the feed says it is."""

from __future__ import annotations

from typing import Any

from lxml import etree
from PIL import Image

HERE = "https://podcast.example.org"


def _channel(site: Any) -> Any:
    return etree.parse(site.output / "feed.xml").find("channel")


def _addresses(channel: Any) -> set[str]:
    """Every address of this site that an attribute or an element's text names."""
    values = [value for element in channel.iter() for value in (*element.attrib.values(), element.text or "")]
    return {value for value in values if value.startswith(HERE) and " " not in value}


def test_every_address_of_the_site_leads_to_a_file(site: Any) -> None:
    base = HERE + site.path
    for address in sorted(_addresses(_channel(site))):
        path = address.removeprefix(base)
        file = site.output / (f"{path}index.html" if path.endswith("/") or not path else path)
        assert file.is_file(), address


def test_the_small_picture_has_the_size_that_rss_allows_and_the_feed_says(site: Any) -> None:
    image = _channel(site).find("image")
    file = site.output / image.findtext("url").removeprefix(HERE + site.path)
    with Image.open(file) as small:
        assert (str(small.width), str(small.height)) == (image.findtext("width"), image.findtext("height"))
        assert max(small.size) == 144
