"""German sentences that Whisper writes where nobody says them: credits of subtitles it was trained on.

Most are reported in openai/whisper discussion 928 and stand in the lists of programs around Whisper (such as
scraibe/hallucinations.py of JSchmie/ScrAIbe); the same lines of other broadcasters are added. Years and
spelling vary, so a sentence is compared loosely.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

ALIKE = 88.0
"""From here on (of 100) two sentences count as the same one: a letter or two apart, a word turned."""

CREDITS: tuple[str, ...] = (
    # never said in a talk
    "Abonniert den Kanal und aktiviert die Glocke",
    "ARD Text im Auftrag von Funk",
    "Bis zum nächsten Video",
    "Bitte abonnieren Sie unseren Kanal",
    "Copyright Bayerischer Rundfunk 2021",
    "Copyright MDR 2021",
    "Copyright NDR 2021",
    "Copyright SWR 2021",
    "Copyright WDR 2021",
    "Danke fürs Zuschauen",
    "Das ist ein Untertitel von Amara.org",
    "Die Untertitel wurden erstellt von der Amara.org-Community",
    "Die Untertitelung wurde vom NDR erstellt",
    "Eine Produktion des Südwestrundfunks",
    "Mehr Informationen auf www.sommers-radio.de",
    "SWR 2020",
    "Untertitel BR 2018",
    "Untertitel der Amara.org-Community",
    "Untertitel der Deutschen Welle",
    "Untertitel erstellt von Amara.org",
    "Untertitel im Auftrag des ZDF für funk, 2017",
    "Untertitel im Auftrag des ZDF, 2020",
    "Untertitel von Amara.org",
    "Untertitel von Stephanie Geiges",
    "Untertitel: ARD Text im Auftrag von Funk",
    "Untertitelung aufgrund der Amara.org-Community",
    "Untertitelung des ZDF, 2020",
    "Untertitelung im Auftrag des ZDF, 2021",
    "Untertitelung. BR 2018",
    "Vielen Dank fürs Zuschauen und bis zum nächsten Mal",
    "Vielen Dank fürs Zuschauen",
    "WDR mediagroup GmbH im Auftrag des WDR",
)
FAREWELLS: tuple[str, ...] = (
    # people say them too: suspicious only where nobody seems to speak
    "Auf Wiedersehen",
    "Bis dann",
    "Bis zum nächsten Mal",
    "Danke fürs Zuhören",
    "Danke schön",
    "Ich danke Ihnen",
    "Musik",
    "Tschüss",
    "Vielen Dank für Ihre Aufmerksamkeit",
    "Vielen Dank fürs Zuhören",
    "Vielen Dank",
    "Wir sehen uns",
)
LONG_ENOUGH = 14
"""Letters of a credit that is also found within a longer sentence; shorter ones stand in other words."""


def credit(text: str) -> bool:
    """Whether a sentence is, or holds, a credit that nobody says; thanks for listening are none."""
    said = plain(text)
    likeness = _likeness(said, CREDITS)
    if likeness >= ALIKE and likeness > _likeness(said, FAREWELLS):
        return True
    return any(_within(known, said) for known in _plain(CREDITS) if LONG_ENOUGH <= len(known) < len(said))


def farewell(text: str) -> bool:
    """Whether a sentence is one of those that people say as well."""
    return _likeness(plain(text), FAREWELLS) >= ALIKE


def plain(text: str) -> str:
    """A sentence without what varies: case, punctuation, years, the way an umlaut is written."""
    letters = unicodedata.normalize("NFKC", text).replace("©", "Copyright ").casefold()
    return " ".join(re.sub(r"[\W\d_]+", " ", letters).split())


def _likeness(said: str, sentences: tuple[str, ...]) -> float:
    return max(fuzz.ratio(said, known) for known in _plain(sentences))


def _within(known: str, said: str) -> bool:
    return fuzz.partial_ratio(known, said, score_cutoff=ALIKE + 4) > 0


@lru_cache(maxsize=2)
def _plain(sentences: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain(sentence) for sentence in sentences)
