"""A site that was really built, shown by the real servers as `hdw server-config` configures them."""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
import urllib3
from playwright.sync_api import Browser, Page

from pipeline import workflow
from pipeline.deploy import headers
from tests import parts, published
from tests.published import ADDRESS, DAY, KEPT, NOW, current, swap
from tests.servers import apache, apache_base, free_port, nginx, nginx_base, whole

BRIEF = "public, max-age=300, must-revalidate"
LASTING = "public, max-age=31536000, immutable"
TYPES = {
    # what apps and browsers need, said once more: the site is held against this, not against itself
    "avif": "image/avif",
    "bib": "application/x-bibtex; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "epub": "application/epub+zip",
    "html": "text/html; charset=utf-8",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "mp3": "audio/mpeg",
    "pagefind": "application/octet-stream",
    "pf_fragment": "application/octet-stream",
    "pf_index": "application/octet-stream",
    "pf_meta": "application/octet-stream",
    "png": "image/png",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml; charset=utf-8",
}
OPEN = ("jpg", "json", "mp3", "png", "srt", "txt", "vtt", "xml")
STABLE = re.compile(
    r"index\.html|404\.html|sitemap\.xml|feed\.xml|feed\.css|transkript\.\w+|zitat\.\w+|kapitel\.json|OFL-\w+\.txt"
)
NOTICE = "<!doctype html><title>Zurückgezogen</title>"
OLD_PODCAST = "old,new\n{site}2019/12/folge-1,{new}\n{site}?p=12,{new}\n{site},{new}\n"


@dataclass(frozen=True)
class Shown:
    """A site and the server that shows it; `path` is that of its address."""

    kind: str
    house: Path
    address: str
    folder: Path
    authority: Path

    @property
    def root(self) -> Path:
        return current(self.house)

    def get(self, path: str, method: str = "GET", **headers: str) -> urllib3.BaseHTTPResponse:
        """An answer as it comes: not followed, not unpacked."""
        with urllib3.PoolManager(ca_certs=str(self.authority)) as pool:
            return pool.request(
                method,
                self.address + path,
                headers=headers,
                redirect=False,
                retries=False,
                decode_content=False,
            )

    def audio(self) -> str:
        return next(self.root.glob("audio/was-ist*.mp3")).relative_to(self.root).as_posix()


@contextmanager
def serving(kind: str, house: Path, folder: Path, port: int, certificate: Path) -> Iterator[str]:
    """The server inside whose configuration stands what the command writes."""
    shared, site = (workflow.server_config(house, kind, now=NOW, part=part) for part in ("shared", "site"))
    if kind == "nginx":
        nothing = folder / "nichts"
        nothing.mkdir()
        with nginx(nothing, folder, shared=shared, more=site, port=port, certificate=certificate) as address:
            yield address
    else:
        with apache(folder, shared=shared, more=site, port=port, certificate=certificate) as address:
            yield address


@pytest.fixture(scope="module")
def secure_path_once(tmp_path_factory: pytest.TempPathFactory, port: int) -> Path:
    """A house like `secure_once`, under a path."""
    return published.made(tmp_path_factory.mktemp("pfad"), f"https://127.0.0.1:{port}/podcast/")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module", params=["nginx", "nginx/podcast/", "apache", "apache/podcast/"])
def shown(request: pytest.FixtureRequest, authority: trustme.CA, port: int) -> Iterator[Shown]:
    """An episode and a person were renamed, and a podcast moved in whose pages lay on the same host."""
    kind, _, path = request.param.partition("/")
    parts.program({"nginx": "nginx", "apache": "apache2"}[kind])
    folder = Path(tempfile.mkdtemp(prefix="hdw-"))
    folder.chmod(0o755)  # Apache reads it as somebody else
    try:
        pem = folder / "ca.pem"
        authority.cert_pem.write_to_path(pem)
        certificate = folder / "server.pem"
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(certificate)
        once: Path = request.getfixturevalue("secure_path_once" if path else "secure_once")
        house = published.copied(once, folder / "alles")
        (folder / "alles").chmod(0o755)
        renamed(house, f"https://127.0.0.1:{port}/")
        with serving(kind, house, folder, port, certificate) as address:
            yield Shown(kind, house, address + path, folder, pem)
    finally:
        shutil.rmtree(folder)


def renamed(house: Path, host: str) -> None:
    episode = house / "episodes" / KEPT[0] / "episode.md"
    swap(episode, "\nseries:", "\nslug: das-haus\nseries:")
    swap(house / "content/people/ansage.md", "---\n", "---\nformer_ids: [stimme]\n")
    swap(house / "content/pages/impressum.md", "---\n", "---\nformer_ids: [wer-wir-sind]\n")
    table = OLD_PODCAST.format(site=host, new=f"{host}neu/")
    (house / "import-weiterleitungen.csv").write_text(table, encoding="utf-8")
    published.publish(house, NOW + DAY)


def test_every_file_of_the_site_has_its_type_lifetime_and_readers(shown: Shown) -> None:
    wrong = []
    for file in sorted(one for one in shown.root.rglob("*") if one.is_file()):
        path = file.relative_to(shown.root).as_posix()
        if path.endswith("index.html"):
            path = path.removesuffix("index.html")
        moved = path.startswith(("folgen/was-ist-das-haus/", "personen/stimme/", "wer-wir-sind/"))
        if moved or path == "_redirects":
            continue
        suffix = file.name.rpartition(".")[2]
        got = shown.get(path)
        found = (got.status, got.headers.get("Content-Type"), got.headers.get("Cache-Control"))
        wanted = (200, TYPES[suffix], BRIEF if STABLE.fullmatch(file.name) else LASTING)
        if path.startswith("suche/index/"):
            wanted = (*wanted[:2], LASTING)
        assert headers.lifetime(f"/{path}") == wanted[2]  # what Python reads is what servers read
        origin = got.headers.get("Access-Control-Allow-Origin")
        if found != wanted or got.data != file.read_bytes() or origin != ("*" if suffix in OPEN else None):
            wrong.append((path, found, wanted, origin))
    assert wrong == []


def test_sound_is_read_from_the_middle_and_never_packed(shown: Shown) -> None:
    path = shown.audio()
    data = (shown.root / path).read_bytes()
    whole = shown.get(path, "HEAD", **{"Accept-Encoding": "gzip"})
    assert (whole.headers["Content-Length"], whole.headers["Accept-Ranges"]) == (str(len(data)), "bytes")
    assert "Content-Encoding" not in whole.headers
    part = shown.get(path, Range="bytes=100-199")
    assert (part.status, part.data) == (206, data[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(data)}"
    assert part.headers["Access-Control-Allow-Origin"] == "*"
    assert part.headers["Cache-Control"] == LASTING
    assert shown.get(path, Range=f"bytes={len(data)}-").status == 416


@pytest.mark.parametrize("path", ["feed.xml", "", "folgen/das-haus/transkript.vtt"])
def test_text_is_packed_for_who_takes_it_and_not_sent_twice(shown: Shown, path: str) -> None:
    packed = shown.get(path, **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == shown.get(path).data
    again = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert shown.get(path, **again).status == 304


def leads(shown: Shown, path: str, *, above: bool = False) -> tuple[int, str]:
    """Where an address leads; `above` starts at the host itself."""
    address = shown.address if not above else re.match(r"https://[^/]+/", shown.address)[0]  # type: ignore[index]
    got = Shown(shown.kind, shown.house, address, shown.folder, shown.authority).get(path)
    host = re.match(r"https://[^/]+/", shown.address)[0]  # type: ignore[index]
    return got.status, "/" + got.headers.get("Location", "").removeprefix(host).lstrip("/")


def test_what_was_renamed_leads_to_where_it_is(shown: Shown) -> None:
    path = "/" + shown.address.split("/", 3)[3]
    assert leads(shown, "folgen/was-ist-das-haus/") == (301, f"{path}folgen/das-haus/")
    below = "folgen/was-ist-das-haus/einbetten/"
    assert leads(shown, below) == (301, f"{path}folgen/das-haus/einbetten/")
    vtt = "folgen/was-ist-das-haus/transkript.vtt"
    assert leads(shown, vtt) == (301, f"{path}folgen/das-haus/transkript.vtt")
    assert shown.get(vtt).headers["Cache-Control"] == BRIEF  # a name may come back one day
    assert shown.get(vtt).headers["Access-Control-Allow-Origin"] == "*"
    assert leads(shown, "personen/stimme/") == (301, f"{path}personen/ansage/")
    assert leads(shown, "wer-wir-sind/") == (301, f"{path}impressum/")
    assert shown.get("folgen/das-haus/").status == 200


def test_an_address_has_one_name(shown: Shown) -> None:
    path = "/" + shown.address.split("/", 3)[3]
    assert leads(shown, "folgen/das-haus") == (301, f"{path}folgen/das-haus/")
    assert leads(shown, "folgen/das-haus/index.html") == (301, f"{path}folgen/das-haus/")
    assert leads(shown, "index.html?a=b")[0] == 301
    assert shown.get("?q=/index.html").status == 200
    if path != "/":
        assert leads(shown, path.strip("/"), above=True) == (301, path)


def test_pages_of_a_podcast_that_moved_in_lead_on(shown: Shown) -> None:
    """Also where the site lies below a path of the host and they do not."""
    assert leads(shown, "2019/12/folge-1", above=True) == (301, "/neu/")
    assert leads(shown, "2019/12/folge-1/?utm=x", above=True) == (301, "/neu/")
    assert leads(shown, "?p=12", above=True) == (301, "/neu/")
    for path in ("?p=123", "2019/12/folge-10", "2019/12/"):
        assert leads(shown, path, above=True)[0] != 301
    assert shown.get("").status == 200  # an episode that linked the start page takes nobody away from it


def test_nobody_puts_a_line_into_an_answer(shown: Shown) -> None:
    for path in ("folgen/was-ist-das-haus/a%0d%0aX-Fremd:%201", "folgen/%0d%0aX-Fremd:%201"):
        got = shown.get(path)
        assert "X-Fremd" not in got.headers
        assert got.status in {301, 400, 403, 404}


@pytest.fixture
def withdrawn(shown: Shown) -> Iterator[str]:
    """An episode taken back: its page is a notice, its player and its sound are gone."""
    (episode,) = shown.root.glob("folgen/7000*")
    (audio,) = shown.root.glob("audio/7000*.mp3")
    hidden = shown.folder / "beiseite"
    shutil.copytree(episode, hidden / "folge")
    shutil.copy2(audio, hidden)
    (episode / "index.html").unlink()  # a hard link: releases share it
    (episode / "index.html").write_text(NOTICE, encoding="utf-8")
    shutil.rmtree(episode / "einbetten")
    (episode / "einbetten").mkdir()
    audio.unlink()
    markers = (episode / ".gone", episode / "einbetten/.gone", audio.with_name(f"{audio.name}.gone"))
    for one in markers:
        one.touch()
    yield audio.relative_to(shown.root).as_posix()
    shutil.rmtree(episode)
    shutil.copytree(hidden / "folge", episode)
    shutil.copy2(hidden / audio.name, audio)
    markers[-1].unlink()
    shutil.rmtree(hidden)


def test_what_was_taken_back_is_gone_at_once(shown: Shown, withdrawn: str) -> None:
    (episode,) = (one.relative_to(shown.root).as_posix() for one in shown.root.glob("folgen/7000*"))
    page = shown.get(f"{episode}/")
    assert (page.status, page.data.decode()) == (410, NOTICE)
    assert page.headers["Content-Type"] == TYPES["html"]
    assert "immutable" not in page.headers.get("Cache-Control", "")
    assert leads(shown, f"{episode}/index.html")[0] == 301
    for path in (withdrawn, f"{episode}/einbetten/"):
        got = shown.get(path)
        assert got.status == 410
        assert "<h1" in got.data.decode()
        assert "immutable" not in got.headers.get("Cache-Control", "")
    assert shown.get(withdrawn, "HEAD").status == 410
    assert shown.get(withdrawn, Range="bytes=0-1").status == 410
    for marker in (f"{episode}/.gone", f"{episode}/einbetten/.gone", f"{withdrawn}.gone"):
        assert shown.get(marker).status == 404
    assert shown.get("folgen/das-haus/").status == 200


def test_what_is_not_there_is_answered_by_the_sites_own_page(shown: Shown) -> None:
    page = (shown.root / "404.html").read_bytes()
    for path in ("gibt/es/nicht", "audio/fehlt.0a1b2c3d.mp3", "folgen/fehlt/"):
        got = shown.get(path)
        assert (got.status, got.data, got.headers["Content-Type"]) == (404, page, TYPES["html"])
        assert "immutable" not in got.headers.get("Cache-Control", "")


def test_hidden_files_and_folders_without_a_page_are_not_shown(shown: Shown) -> None:
    hidden = (".publishing", "folgen/.env", ".git/config", ".well-known/acme-challenge/token")
    for name in hidden:
        (shown.root / name).parent.mkdir(parents=True, exist_ok=True)
        (shown.root / name).write_text("geheim", encoding="utf-8")
    try:
        assert [shown.get(name).status for name in hidden] == [404, 404, 404, 200]
        assert shown.get("audio/").status in {403, 404}
        for above in ("../..", "%2e%2e/%2e%2e"):
            assert shown.get(f"{above}/haus/podcast.toml").status in {400, 403, 404}
    finally:
        for name in hidden:
            (shown.root / name).unlink()


def test_headers_protect_readers_and_stand_once(shown: Shown) -> None:
    for path in ("", "feed.xml", "gibt/es/nicht", shown.audio(), "folgen/das-haus/einbetten/"):
        found = shown.get(path).headers
        policies = found.getlist("Content-Security-Policy")
        frames = "*" if path.endswith("einbetten/") else "'self'"
        assert len(policies) == 1
        assert policies[0].endswith(f"; frame-ancestors {frames}")
        assert found.getlist("X-Content-Type-Options") == ["nosniff"]
        assert found.getlist("Referrer-Policy") == ["same-origin"]
        assert len(found.getlist("Permissions-Policy")) == 1
        assert len(found.getlist("Cache-Control")) <= 1


def test_verify_finds_nothing(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(shown.authority))
    found = workflow.verify(shown.house, now=NOW + DAY, every=True)
    assert found.failures == ()
    assert found.asked == 1 + 2 + 2 * 4


@pytest.fixture
def page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what the browser complains about."""
    context = browser.new_context(ignore_https_errors=True)
    context.route("**/favicon.ico", lambda one: one.fulfill(status=204))  # a feed names no icon
    made, said = context.new_page(), list[str]()
    made.on("console", lambda one: said.append(one.text) if one.type in {"error", "warning"} else None)
    made.on("pageerror", lambda one: said.append(str(one)))
    made.on("requestfailed", lambda one: said.append(f"{one.url} {one.failure}"))
    yield made, said
    context.close()


@pytest.mark.chromium
def test_pages_work_under_the_policy(shown: Shown, page: tuple[Page, list[str]]) -> None:
    """The player plays, the search finds, the feed has its style, and the browser complains about nothing."""
    tab, said = page
    for path in ("", "folgen/das-haus/", "abonnieren/", "archiv/", "barrierefreiheit/"):
        tab.goto(shown.address + path, wait_until="networkidle")
    tab.goto(f"{shown.address}folgen/das-haus/")
    tab.locator("#player [data-act=play]").first.click()
    tab.wait_for_function("() => document.querySelector('audio').currentTime > 0.1")
    tab.evaluate("document.querySelector('audio').pause()")
    tab.goto(f"{shown.address}suche/?q=Schmetterlinge")
    tab.locator("#results a").first.wait_for()
    tab.goto(f"{shown.address}feed.xml")
    tab.wait_for_function("() => getComputedStyle(document.querySelector('item')).display === 'grid'")
    assert [one for one in said if "ERR_ABORTED" not in one] == []


@pytest.mark.chromium
def test_other_sites_hold_the_player_in_a_frame_and_no_other_page(
    shown: Shown, page: tuple[Page, list[str]]
) -> None:
    tab, said = page
    frames = [f'<iframe src="{shown.address}folgen/das-haus/{one}"></iframe>' for one in ("einbetten/", "")]
    (shown.folder / "fremd").mkdir()
    (shown.folder / "fremd/index.html").write_text(f"<!doctype html>{''.join(frames)}", encoding="utf-8")
    with nginx(shown.folder / "fremd", shown.folder / "fremd") as address:
        with tab.expect_console_message(lambda one: "frame-ancestors" in one.text):
            tab.goto(address.replace("127.0.0.1", "localhost"))
        tab.frames[1].locator("h1").wait_for()
    assert [one for one in said if "frame-ancestors 'self'" not in one and "ERR_BLOCKED" not in one] == []


READERS = {
    # who asks: what the log says of them
    "203.0.113.77": "203.0.113.0",
    "2001:db8:aa:bb::7": "2001:db8:aa::",
    "2001:db8::7": "2001:db8::",
    "::1": "0.0.0.0",
}


@dataclass(frozen=True)
class Whole:
    """A server that runs with nothing but the text of the command; ports and the folder of logs aside."""

    pool: urllib3.HTTPSConnectionPool
    plain: int
    log: Path


@pytest.fixture(scope="module", params=["nginx", "apache"])
def on_its_own(once: Path, request: pytest.FixtureRequest, authority: trustme.CA) -> Iterator[Whole]:
    kind = {"nginx": "nginx", "apache": "apache2"}[request.param]
    parts.program(kind)
    folder = Path(tempfile.mkdtemp(prefix="hdw-"))
    folder.chmod(0o755)
    host = ADDRESS.removeprefix("https://").rstrip("/")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    pem = folder / "server.pem"
    authority.issue_cert(host).private_key_and_cert_chain_pem.write_to_path(pem)
    plain, secure = free_port(), free_port()
    try:
        house = published.copied(once, folder / "alles")
        (folder / "alles").chmod(0o755)
        files = {"certificate": str(pem), "key": str(pem)}
        text = workflow.server_config(house, request.param, now=NOW, **files)
        for was, port in (("80", plain), ("443", secure)):
            text = text.replace(f"listen {was}", f"listen 127.0.0.1:{port}")
            text = text.replace(f"*:{was}", f"127.0.0.1:{port}")
        if kind == "nginx":
            text = re.sub(r"listen \[::\].*;", "", text).replace("/var/log/nginx", str(folder))
            text = nginx_base(folder, "set_real_ip_from 127.0.0.1; real_ip_header X-Real-IP;" + text)
        else:
            more = f"Listen 127.0.0.1:{plain}\nRemoteIPHeader X-Real-IP\nRemoteIPInternalProxy 127.0.0.1\n"
            text = apache_base(folder, secure, "remoteip") + more + text
        with whole(kind, text, folder, secure):
            pool = urllib3.HTTPSConnectionPool(
                "127.0.0.1",
                secure,
                ca_certs=str(folder / "ca.pem"),
                server_hostname=host,
                assert_hostname=host,
            )
            yield Whole(pool, plain, folder / "podcast.access.log")
            pool.close()
    finally:
        shutil.rmtree(folder)


def test_the_whole_text_serves_by_itself(on_its_own: Whole) -> None:
    got = on_its_own.pool.request("GET", "/feed.xml", headers={"Host": "podcast.example.org"})
    assert got.status == 200
    assert got.data.rstrip().endswith(b"</rss>")


def test_who_comes_without_encryption_is_led_to_it(on_its_own: Whole) -> None:
    with urllib3.PoolManager() as pool:
        asked = f"http://127.0.0.1:{on_its_own.plain}/folgen/?a=b"
        got = pool.request("GET", asked, headers={"Host": "podcast.example.org"}, redirect=False)
    assert (got.status, got.headers["Location"]) == (301, "https://podcast.example.org/folgen/?a=b")


@pytest.mark.parametrize("reader", READERS)
def test_the_log_names_no_reader_and_nothing_that_was_searched_for(on_its_own: Whole, reader: str) -> None:
    """In the combined format, which programs that count downloads read."""
    mark = f"Ohr/{list(READERS).index(reader)}"
    said = {"Host": "podcast.example.org", "Referer": "https://suche.example/?q=scheidung"}
    for path in ("/suche/?q=krank", "/fehlt?q=krank"):
        on_its_own.pool.request("GET", path, headers={**said, "User-Agent": mark, "X-Real-IP": reader})
    lines: list[str] = []
    end = time.monotonic() + 120
    while len(lines) < 2 and time.monotonic() < end:  # a server writes once it has answered
        lines = [one for one in on_its_own.log.read_text(encoding="utf-8").splitlines() if mark in one]
    form = rf'{re.escape(READERS[reader])} - - \[[^\]]+\] "GET (\S+) HTTP/1.1" (\d+) \d+ "-" "{mark}"'
    assert [re.fullmatch(form, one).groups() for one in lines] == [  # type: ignore[union-attr]
        ("/suche/", "200"),
        ("/fehlt", "404"),
    ]
    for log in on_its_own.log.parent.glob("*.log"):
        text = log.read_text(encoding="utf-8")
        assert not any(one in text for one in ("krank", "scheidung", "203.0.113.77", "aa:bb", "::7"))
