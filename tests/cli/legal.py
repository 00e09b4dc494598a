"""What the law wants of a house: its accessibility statement in `podcast.toml`, its imprint."""

from datetime import UTC, datetime

STATEMENT = f"""
[accessibility]
unit = "Haus"
stated = {datetime.now(UTC).date()}
method = "Selbstbewertung"
ombuds = "https://www.example.org/ombudsstelle"
"""
IMPRINT = (
    "Haus, Weg 1, 44787 Bochum, haus@example.org, +49 234 000000. Vertreten durch die Leitung. "
    "Verantwortlich nach § 18 Abs. 2 MStV: Mira Beispiel."
)
