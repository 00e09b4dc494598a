"""Languages as feeds and pages name them: tags of BCP 47 whose parts have a name in Unicode's CLDR.

Babel carries the names of ISO 639 and ISO 3166 with CLDR and is here for dates already; langcodes and
pycountry would bring the same lists once more.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*")


@lru_cache(maxsize=256)
def known(tag: str) -> bool:
    """Whether a tag is written as BCP 47 asks, with a language and a region that have names."""
    found = _TAG.fullmatch(tag)
    if found is None:
        return False
    languages, regions = _names()
    return found[1] in languages and (found[2] is None or found[2] in regions)


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], frozenset[str]]:
    from babel import Locale  # noqa: PLC0415 (only where languages are looked at)

    english = Locale("en")
    return frozenset(english.languages), frozenset(english.territories)
