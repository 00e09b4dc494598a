"""Sentences of the rules as the desk says them."""

from __future__ import annotations

import pytest

from pipeline.desk import pages
from pipeline.messages import Message, Translator, msg


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            msg("summary is missing. Apps show it under the title."),
            "Zusammenfassung fehlt. Apps zeigen sie unter dem Titel.",
        ),
        (
            msg(
                "{field} is missing. Who does not see the picture needs a description.",
                field="pictures.0.alt",
            ),
            "Alternativtext fehlt. Wer das Bild nicht sieht, braucht eine Beschreibung.",
        ),
        (msg("The transcript is not checked yet."), "Das Transkript ist noch nicht geprüft."),
    ],
)
def test_a_field_is_called_as_the_form_calls_it(message: Message, said: str) -> None:
    assert pages.plain(Translator("de"), message) == said
