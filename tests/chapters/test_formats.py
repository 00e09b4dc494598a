"""Every chapter format: what a file of it says, what its dirt does, and that writing and reading agree."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import chapters
from pipeline.chapters import FORMATS, WRITABLE, ChaptersError, Entry
from pipeline.chapters.values import seconds

HINDENBURG = """\
<?xml version="1.0" encoding="utf-8"?>
<Session Version="Hindenburg Journalist 1.15.1769" Samplerate="48000">
  <Tracks><Track Name="Stimme"><Region Ref="1" Name="Mira" Length="09.406"/></Track></Tracks>
  <Markers>
    <Marker Id="2" Name="Mitte &amp; mehr" Time="12:30.500" Type="Chapter" URL="https://example.org/"/>
    <Marker Id="1" Name="Anfang" Time="0.000" Type="Chapter"/>
    <Marker Id="3" Name="Schnitt" Time="40.400"/>
  </Markers>
</Session>
"""
PSC = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<sc:chapters version="1.2" xmlns:sc="http://podlove.org/simple-chapters">
  <sc:chapter start="0" title="Anfang"/>
  <sc:chapter start="12:30.500" title="Mitte &amp; mehr" href="https://example.org/"
              image="https://example.org/mitte.jpg"/>
</sc:chapters>
"""
PODCASTINDEX = """\
{"version": "1.1.0", "chapters": [
 {"startTime": 0, "title": "Anfang", "endTime": 750.5},
 {"startTime": 300, "img": "https://example.org/turm.jpg", "toc": false,
  "location": {"name": "Turm", "geo": "geo:51.48,7.21"}},
 {"startTime": 750.5, "title": "Mitte & mehr", "url": "https://example.org/", "img": "bilder/mitte.jpg"}
]}
"""
AUPHONIC = """\
{"status_code": 200, "data": {"uuid": "x", "chapters": [
 {"start": "00:00:00", "start_sec": 0, "start_output": "00:00:00.000", "title": "Anfang"},
 {"start": "00:12:20.500", "start_sec": 740.5, "start_output": "00:12:30.500", "start_output_sec": 750.5,
  "title": "Mitte & mehr", "url": "https://example.org/"}
]}}
"""
SAMPLES = {
    "audacity": "0,000000\t0,000000\tAnfang\n\\\t100\t200\n750.500000\t800.250000\tMitte & mehr\n",
    "auphonic": AUPHONIC,
    "hindenburg": HINDENBURG,
    "json": PODCASTINDEX,
    "mp4chaps": "0:00 - Anfang\n\n(00:12:30,500) Mitte & mehr <https://example.org/>\n",
    "ogm": "CHAPTER01=00:00:00.000\nCHAPTER01NAME=Anfang\n"
    "CHAPTER02=00:12:30.500\nCHAPTER02NAME=Mitte & mehr\n",
    "psc": PSC,
    "reaper": "#,Name,Start,End,Length\nM1,Anfang,0:00.000,,\nR1,Mitte & mehr,12:30.500,13:00,0:29.5\n",
    "vtt": "WEBVTT\n\n00:00.000 --> 12:30.500\nAnfang\n\n12:30.500 --> 15:00.000\nMitte &amp; mehr\n",
}


def read(text: str | bytes) -> chapters.Read:
    return chapters.read(text if isinstance(text, bytes) else text.encode(), "kapitel.txt")


def starts(text: str | bytes) -> list[tuple[float, str]]:
    return [(one.start_s, one.title) for one in read(text).chapters.entries]


def test_every_format_has_a_sample_here() -> None:
    assert set(SAMPLES) == set(FORMATS)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_is_known_by_what_stands_in_it(name: str) -> None:
    found = read(SAMPLES[name])
    assert found.format.name == name
    assert [(one.start_s, one.title) for one in found.chapters.entries] == [
        (0.0, "Anfang"),
        (750.5, "Mitte & mehr"),
    ]


@pytest.mark.parametrize("name", ["auphonic", "hindenburg", "json", "mp4chaps", "psc"])
def test_links_come_along(name: str) -> None:
    assert read(SAMPLES[name]).chapters.entries[1].url == "https://example.org/"


def test_pictures_come_along_by_file_or_address() -> None:
    assert read(PSC).chapters.entries[1].image == "https://example.org/mitte.jpg"
    assert read(PODCASTINDEX).chapters.entries[1].image == "bilder/mitte.jpg"


def test_silent_marks_are_counted_and_left_out() -> None:
    assert read(PODCASTINDEX).chapters.silent == 1


def test_chapters_within_a_feed_are_those_of_its_first_episode() -> None:
    feed = (
        '<rss xmlns:psc="https://podlove.org/simple-chapters"><channel><item>'
        '<psc:chapters><psc:chapter start="0" title="Anfang"/></psc:chapters></item><item>'
        '<psc:chapters><psc:chapter start="0" title="Andere"/></psc:chapters></item></channel></rss>'
    )
    assert starts(feed) == [(0.0, "Anfang")]


def test_a_session_without_chapters_gives_its_other_markers() -> None:
    assert starts(HINDENBURG.replace(' Type="Chapter"', ""))[1] == (40.4, "Schnitt")


def test_a_list_alone_is_auphonics_too() -> None:
    assert starts('[{"start": "0:00", "title": "Anfang"}, {"start": 12.5, "title": "Mitte"}]')[1] == (
        12.5,
        "Mitte",
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf0:00 Gr\xc3\xbc\xc3\x9fe\r\n1:00 Ende\r\n",
        "0:00 Grüße\n1:00 Ende\n".encode("cp1252"),
        "0:00 Grüße\n1:00 Ende\n".encode("utf-16"),
        "1:00 Ende\n0:00 Grüße\n".encode(),
        "0:00 Grüße\n0:00 Grüße\n1:00 Ende".encode(),
        "0,2 Grüße\n60,0 Ende\n".encode(),
        "  0:00   Grü\x07ße  \n\n1:00\tEnde".encode(),
    ],
    ids=["bom-crlf", "windows", "utf-16", "unsorted", "twice", "commas", "spaces-controls"],
)
def test_harmless_dirt_does_no_harm(data: bytes) -> None:
    assert starts(data) == [(0.0, "Grüße"), (60.0, "Ende")]


def test_letters_that_are_guessed_are_told() -> None:
    assert read("0:00 Grüße\n".encode("cp1252")).guessed
    assert not read("0:00 Grüße\n").guessed


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 0, "no chapters of a known kind"),
        ("Kapitel dieser Folge\n0:00 Anfang", 0, "no chapters of a known kind"),
        ("0:00 Anfang\nund dann\n", 2, "“und dann”"),
        ("0:00 Anfang\n1:00 Mitte\n1:00 Ende", 3, "two chapters start at 0:01:00"),
        ("0.0\t0.0\tAnfang\n5.0\t5.0\t\n", 2, "the chapter at 0:00:05 has no title"),
        ("0.0\t0.0\tAnfang\nfünf\tfünf\tMitte\n", 2, "this line is no label"),
        ('{"chapters": [\n{"startTime": 0, "title": "A"},\n{"startTime": "x", "title": "B"}]}', 3, "“x”"),
        ('{"chapters": [\n{"startTime": 0, "title": "A"},\n{"startTime": -3, "title": "B"}]}', 3, "“-3”"),
        ('{"chapters": [{"startTime": 0,\n]}', 2, "this is no JSON"),
        ('{"version": "1.2.0", "chapters": []}', 0, "no chapter"),
        ('{"version": "1.2.0", "chapters": [{"title": "A"}]}', 1, "no startTime"),
        ('[{"start": null, "title": "A"}]', 1, "has no start"),
        ("[" * 100_000 + '"startTime"', 1, "no JSON of chapters"),
        ('<psc:chapters xmlns:psc="x">\n<psc:chapter title="A"/></psc:chapters>', 2, "no start"),
        ('<psc:chapters xmlns:psc="x">\n<psc:chapter start="1" title="A">', 2, "not well-formed"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>\n<chapters><chapter start="0" title="A">&b;</chapter></chapters>',
         2, "not well-formed"),
        ("<Session><Markers>\n<Marker Name='A' Type='Chapter'/></Markers></Session>", 2, "no start"),
        ("CHAPTER01=0:00\nCHAPTER02NAME=Mitte", 2, "no moment above"),
        ("CHAPTER01=0:00\nCHAPTER01NAME=Anfang\nEnde", 3, "this line is no chapter"),
        ("#,Name,Start\nM1,Anfang,vier", 2, "“vier”"),
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nAnfang", 4, "-->"),
        ("\n".join(f"{n} K{n}" for n in range(1002)), 1001, "more than 1,000 chapters"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ChaptersError) as caught:
        read(text)
    assert (caught.value.where.file, caught.value.where.line) == ("kapitel.txt", line)
    assert said in str(caught.value.message)


def test_entities_are_never_opened(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("geheim") / "datei"
    secret.write_text("geheim", encoding="utf-8")
    inner = '<chapters><chapter start="0" title="A"/>&b;</chapters>'
    bomb = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{secret}">]>{inner}'
    with pytest.raises(ChaptersError) as caught:
        read(bomb)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(("text", "expected"), [("0", 0), ("1:02", 62), ("1:00:02,25", 3602.25), ("90", 90)])
def test_moments_are_read_as_people_write_them(text: str, expected: float) -> None:
    assert seconds(text, 1) == expected


TITLES = st.text(st.sampled_from(string.ascii_letters + "äöüß&'\"»,;.!? <>"), min_size=1, max_size=30).map(
    lambda text: " ".join(f"K {text}".split())
)


@st.composite
def lists(draw: st.DrawFn) -> tuple[Entry, ...]:
    moments = draw(st.lists(st.integers(1, 10_000_000), unique=True, max_size=8))
    return tuple(
        Entry(moment / 1000, draw(TITLES.filter(lambda text: not text.endswith(">"))))
        for moment in (0, *sorted(one + 1000 for one in moments))
    )


@pytest.mark.parametrize("kind", WRITABLE)
@given(entries=lists())
def test_what_is_written_is_read_the_same(kind: str, entries: tuple[Entry, ...]) -> None:
    found = read(FORMATS[kind].write(entries, "Folge", 20_000.0))
    assert found.format.name == kind
    assert [(one.start_s, one.title) for one in found.chapters.entries] == [
        (one.start_s, one.title) for one in entries
    ]


@pytest.mark.parametrize("kind", ["json", "mp4chaps", "ogm", "psc"])
def test_links_are_written(kind: str) -> None:
    entries = (Entry(0.0, "Anfang", "https://example.org/?a=1&b=2"),)
    assert read(FORMATS[kind].write(entries, "", None)).chapters.entries[0].url == entries[0].url


@pytest.mark.parametrize("kind", ["json", "psc"])
def test_pictures_are_written(kind: str) -> None:
    entries = (Entry(0.0, "Anfang", image="https://example.org/bild.jpg"),)
    assert read(FORMATS[kind].write(entries, "", None)).chapters.entries[0].image == entries[0].image


def test_the_published_file_is_version_1_2_with_whole_seconds_as_such() -> None:
    text = FORMATS["json"].write(
        (Entry(0.0, "Anfang"), Entry(60.5, "Mitte", "https://example.org/")), "T", None
    )
    assert text == (
        '{\n "version": "1.2.0",\n "title": "T",\n "chapters": [\n  {\n   "startTime": 0,\n'
        '   "title": "Anfang"\n  },\n  {\n   "startTime": 60.5,\n   "title": "Mitte",\n'
        '   "url": "https://example.org/"\n  }\n ]\n}\n'
    )


def test_webvtt_ends_with_the_recording() -> None:
    assert "00:01:00.000 --> 00:02:00.000" in FORMATS["vtt"].write((Entry(0, "A"), Entry(60, "B")), "", 120.0)
