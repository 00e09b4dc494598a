"""How one element says a value: yes or no, a whole number, a place, a licence, a post."""

from __future__ import annotations

import re
from typing import Any

from pipeline.messages import msg
from pipeline.models import LICENCES
from pipeline.moving.notes import plain
from pipeline.moving.tree import Node
from pipeline.moving.values import Left

Nodes = tuple[Node, ...]
_YES = {"yes", "true", "explicit", "1"}
_LANGUAGES = {"deutsch": "de", "english": "en", "englisch": "en", "german": "de", "ger": "de", "deu": "de"}
_BY_ADDRESS = {address: key for key, (_, address) in LICENCES.items()}
_SIGNS = re.compile(
    r"©|\(c\)|\bcopyright\b:?|\b(?:19|20)\d\d\b(?:\s*[-–—]\s*(?:(?:19|20)\d\d|heute|today)\b)?", re.I
)


def text(nodes: Nodes) -> str:
    """The words of the first element that has any."""
    return next((said for node in nodes if (said := plain(node.text))), "")


def yes(nodes: Nodes) -> bool | None:
    """Whether the first element says yes; None where it says no, which is usual."""
    return True if text(nodes).lower() in _YES else None


def number(nodes: Nodes) -> int | None:
    """A whole number above 0."""
    found = re.fullmatch(r"0*([1-9]\d{0,8})", text(nodes))
    return int(found[1]) if found else None


def language(nodes: Nodes) -> str:
    """The language that the first element with words says; "" where there is none."""
    return language_tag(text(nodes))


def language_tag(written: str) -> str:
    """A language in ISO 639, with a region in capitals (`de`, `de-DE`), however the feed writes it."""
    said = written.replace("_", "-").lower()
    said = _LANGUAGES.get(said, said)
    main, _, region = said.partition("-")
    return f"{main}-{region.upper()}" if len(region) == 2 else said  # noqa: PLR2004 (ISO 3166-1)


def texts(nodes: Nodes) -> list[str]:
    """The words of every element, none twice."""
    return list(dict.fromkeys(said for node in nodes if (said := plain(node.text))))


def keywords(nodes: Nodes) -> list[str]:
    """`itunes:keywords`: names between commas."""
    parts = (part.strip() for said in texts(nodes) for part in re.split(r"[,;]", said))
    return list(dict.fromkeys(part for part in parts if part))


def locations(nodes: Nodes) -> list[dict[str, str]]:
    """`podcast:location`: name, rel, geo, osm, country."""
    return [
        _some(name=plain(n.text), **{k: n.get(k) for k in ("rel", "geo", "osm", "country")}) for n in nodes
    ]


def discussions(nodes: Nodes) -> list[dict[str, str]]:
    """`podcast:socialInteract` in the order of preference; `disabled` says that there is none."""
    ordered = sorted(nodes, key=lambda n: int(n.get("priority")) if n.get("priority").isdecimal() else 999)
    return [
        _some(
            url=n.get("uri"),
            protocol=n.get("protocol").lower(),
            account=n.get("accountid"),
            account_url=n.get("accounturl"),
        )
        for n in ordered
        if n.get("protocol").lower() != "disabled"
    ]


def machine_texts(nodes: Nodes) -> list[dict[str, str]]:
    """`podcast:txt`."""
    return [_some(purpose=n.get("purpose"), text=n.text) for n in nodes]


def licence(nodes: Nodes) -> Any:
    """`podcast:license` as an identifier where the house knows it, else as name and address."""
    name, url = text(nodes), next((n.get("url") for n in nodes if n.get("url")), "")
    known = {key.lower(): key for key in LICENCES}
    return known.get(name.lower()) or _BY_ADDRESS.get(url) or (_some(name=name, url=url) if url else None)


def unread_licences(element: Node) -> tuple[Left, ...]:
    """Licences that are neither among the house's own nor have an address to read them at."""
    why = msg("The house does not know this licence, and the feed gives no address of it.")
    nodes = element.all("podcast:license")
    return tuple(Left("podcast:license", text((n,)), why) for n in nodes if not licence((n,)))


def alternative(nodes: Nodes) -> str:
    """What a picture shows (`podcast:image alt`)."""
    return next((said for node in nodes if (said := plain(node.get("alt")))), "")


def picture(element: Node) -> str:
    """The address of the cover: Apple's, else the first that Podcasting 2.0 names."""
    nodes = (*element.all("itunes:image"), *element.all("podcast:image"))
    return next((address for node in nodes if (address := node.get("href"))), "")


def creative_commons(nodes: Nodes) -> str | None:
    """`creativeCommons:license` and the like: an address of a deed that the house knows."""
    written = re.sub(r"^http:", "https:", text(nodes))
    return _BY_ADDRESS.get(written if written.endswith("/") else written + "/")


def licence_by_name(nodes: Nodes) -> str | None:
    """A copyright line that is nothing but the name of a licence: `CC BY 4.0`."""
    by_name = {name.lower(): key for key, (name, _) in LICENCES.items()}
    said = text(nodes).lower()
    return by_name.get(said, said.upper() if said.upper() in LICENCES else None)


def rights_holder(nodes: Nodes) -> str:
    """The name in a copyright line, without sign and years: that is all it should hold (PSP-1, copyright)."""
    said = text(nodes)
    return " ".join(_SIGNS.sub(" ", said).split()).strip(" ,;:-–—") if _SIGNS.search(said) else said


def funding(nodes: Nodes) -> list[dict[str, str]]:
    """`podcast:funding`; where it has no words, those of its address."""
    return [_some(url=n.get("url"), text=plain(n.text) or n.get("url")) for n in nodes]


def remote_feeds(nodes: Nodes) -> list[dict[str, str]]:
    """The `podcast:remoteItem`s of a podroll, those that mean a whole feed."""
    items = (item for node in nodes for item in node.all("podcast:remoteitem"))
    return [_remote(item) for item in items if not item.get("itemguid")]


def remote_feed(nodes: Nodes) -> dict[str, str] | None:
    """The one `podcast:remoteItem` of a publisher."""
    return next(iter(remote_feeds(nodes)), None)


def _remote(item: Node) -> dict[str, str]:
    return _some(guid=item.get("feedguid"), url=item.get("feedurl"), title=item.get("title"))


def schedule(nodes: Nodes) -> dict[str, Any] | None:
    """`podcast:updateFrequency`."""
    node = nodes[0]
    said = _some(text=plain(node.text), rrule=node.get("rrule"), start=node.get("dtstart"))
    return {**said, "complete": True} if node.get("complete").lower() == "true" else said


def blocked(nodes: Nodes) -> dict[str, Any] | None:
    """`podcast:block`: for all, for some, or for all but some."""
    said = {node.get("id").lower(): text((node,)).lower() == "yes" for node in nodes}
    services = sorted(name for name, no in said.items() if name and no)
    allowed = sorted(name for name, no in said.items() if name and not no)
    found = {"all": said.get("", False), "services": services, "allowed": allowed if said.get("") else []}
    return {key: value for key, value in found.items() if value} or None


def all_blocked(nodes: Nodes) -> dict[str, bool] | None:
    """`itunes:block` of a channel."""
    return {"all": True} if yes(nodes) else None


def soundbites(nodes: Nodes) -> list[dict[str, Any]]:
    """`podcast:soundbite`."""
    return [
        {
            "start": _seconds(n.get("starttime")),
            "duration": _seconds(n.get("duration")),
            **_some(title=plain(n.text)),
        }
        for n in nodes
    ]


def _seconds(text: str) -> float | int | str:
    """A number as such, so that front matter does not hold it as text."""
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text):
        return text
    return int(float(text)) if float(text).is_integer() else float(text)


def _some(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}
