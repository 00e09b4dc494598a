"""Real servers on loopback, on free ports, that end with their test."""

from __future__ import annotations

import asyncio
import atexit
import getpass
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests import parts

NGINX = """\
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
daemon off;
events {{}}
http {{
  include {types};
  types_hash_max_size 4096;
  access_log off;
  {shared}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
}}
"""
NGINX_SERVER = """\
server {{
  listen 127.0.0.1:{port}{ssl};
  root {root};
  {more}
}}
"""
TYPES = "/etc/nginx/mime.types"
APACHE = """\
ServerRoot {folder}
DefaultRuntimeDir {folder}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
Define APACHE_LOG_DIR {folder}
Mutex file:{folder} default
{loaded}
{user}
Listen 127.0.0.1:{port}
ServerName 127.0.0.1
TypesConfig /etc/mime.types
<Directory />
  Options None
  AllowOverride None
  Require all denied
</Directory>
"""
APACHE_MODULES = Path("/usr/lib/apache2/modules")
APACHE_LOADED = (
    *("mpm_event", "authz_core", "alias", "deflate", "dir", "env", "filter", "headers", "mime", "rewrite"),
    *("setenvif", "socache_shmcb", "ssl"),
)
"""Those that `hdw server-config apache` names, and what every Apache of Debian has loaded."""


RIGHT = (
    "types { application/rss+xml xml; audio/mpeg mp3; text/vtt vtt; application/x-subrip srt;"
    " application/json json; text/plain txt; text/html html; image/jpeg jpg; }\n"
    "location ~ /transkript { add_header Access-Control-Allow-Origin *; }\n"
)
"""Lines of nginx that show a site as apps need it."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def kept_port() -> int:
    """A free port that the system gives nobody who asks for any: it stays free until a test listens there."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


@contextmanager
def nginx(
    root: Path,
    folder: Path,
    *,
    more: str = "",
    shared: str = "",
    port: int = 0,
    certificate: Path | None = None,
) -> Iterator[str]:
    """A folder shown by nginx; its address.

    `more` are lines of its server, `shared` those beside it, `certificate` makes it https.
    """
    program, port = parts.program("nginx"), port or free_port()
    secure = f"ssl_certificate {certificate};ssl_certificate_key {certificate};" if certificate else ""
    server = NGINX_SERVER.format(port=port, root=root, ssl=" ssl" if certificate else "", more=secure + more)
    with _running(
        [program, "-e", str(folder / "error.log"), "-c"], nginx_base(folder, shared + server), folder, port
    ):
        yield f"http{'s' if certificate else ''}://127.0.0.1:{port}/"


def nginx_base(folder: Path, inside: str) -> str:
    """What Debian's own configuration says around the lines of its block http."""
    user = "user root;" if os.geteuid() == 0 else ""
    return NGINX.format(user=user, folder=folder, types=TYPES, shared=inside)


@contextmanager
def apache(
    folder: Path, *, more: str = "", shared: str = "", port: int = 0, certificate: Path | None = None
) -> Iterator[str]:
    """Apache with these lines of its server, and those beside it; its address.

    It never serves as root: where root starts it, the account nobody has to be able to read all it shows.
    """
    program, port = parts.program("apache2"), port or free_port()
    secure = (
        f"SSLEngine on\nSSLCertificateFile {certificate}\nSSLCertificateKeyFile {certificate}\n"
        if certificate
        else ""
    )
    text = apache_base(folder, port) + (
        f"{shared}\n<VirtualHost *:{port}>\nServerName 127.0.0.1\n{secure}{more}\n</VirtualHost>\n"
    )
    with _running([program, "-D", "FOREGROUND", "-f"], text, folder, port):
        yield f"http{'s' if certificate else ''}://127.0.0.1:{port}/"


def apache_base(folder: Path, port: int, *more: str) -> str:
    """What Debian's own configuration says before any site, as strict as it may be; `more` are modules."""
    modules = parts.at("Apache's modules", APACHE_MODULES / "mod_mime.so").removesuffix("mime.so")
    loaded = "\n".join(f"LoadModule {name}_module {modules}{name}.so" for name in (*APACHE_LOADED, *more))
    return APACHE.format(
        loaded=loaded,
        user="User #65534\nGroup #65534" if os.geteuid() == 0 else "",
        folder=folder,
        port=port,
    )


@contextmanager
def whole(name: str, text: str, folder: Path, port: int) -> Iterator[None]:
    """A server of that name with a configuration of its own."""
    command = ["-D", "FOREGROUND", "-f"] if name == "apache2" else ["-e", str(folder / "error.log"), "-c"]
    with _running([parts.program(name), *command], text, folder, port):
        yield


@contextmanager
def _running(command: list[str], text: str, folder: Path, port: int) -> Iterator[None]:
    """A server with this configuration from when it answers until the block ends."""
    configuration = folder / "server.conf"
    configuration.write_text(text, encoding="utf-8")
    log = folder / "error.log"
    with (folder / "said").open("wb") as said:
        server = subprocess.Popen([*command, str(configuration)], stdout=said, stderr=said)
    try:
        await_door(port, server, folder / "said", log)
        yield
    finally:
        server.terminate()
        server.wait(60)


SSHD = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/user_key.pub
AuthenticationMethods publickey
StrictModes no
UsePAM no
PermitUserEnvironment no
PrintMotd no
MaxStartups 100
Subsystem sftp internal-sftp
{more}
"""
SSH = """\
Host {name}
  HostName 127.0.0.1
  Port {port}
Host *
  User {user}
  IdentityFile {folder}/user_key
  IdentitiesOnly yes
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile /dev/null
"""


@dataclass(frozen=True)
class Sshd:
    """An OpenSSH server, and what its user has in ~/.ssh."""

    name: str
    port: int
    folder: Path
    process: subprocess.Popen[bytes]


@contextmanager
def sshd(folder: Path, *, more: str = "", through: int = 0) -> Iterator[Sshd]:
    """An OpenSSH server for this account, known to the program `ssh` by a name of its own until it ends.

    It is known in the ~/.ssh of HOME, too. `ssh` reads the account's own whatever HOME says, so another one
    stands before it in PATH. `more` are lines of the server's settings; `through` is the port that ssh goes
    to, where that is not the server's own.
    """
    program, ssh, keygen = (parts.program(name) for name in ("sshd", "ssh", "ssh-keygen"))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where it puts itself for its unprivileged part
    folder.mkdir(parents=True, exist_ok=True)
    for key in ("host_key", "user_key"):
        command = [keygen, "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(folder / key)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    port, name = free_port(), f"server-{folder.name}"
    public = (folder / "host_key.pub").read_text(encoding="utf-8")
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{through or port} {public}", encoding="utf-8")
    (folder / "sshd_config").write_text(SSHD.format(port=port, folder=folder, more=more), encoding="utf-8")
    settings = SSH.format(name=name, port=through or port, user=getpass.getuser(), folder=folder)
    (folder / "ssh_config").write_text(settings, encoding="utf-8")
    (folder / "bin").mkdir()
    wrapper = folder / "bin" / "ssh"
    wrapper.write_text(f'#!/bin/sh\nexec {ssh} -F {folder}/ssh_config "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    (folder / ".ssh").mkdir()
    for file in ("known_hosts", "ssh_config"):
        (folder / ".ssh" / file.removeprefix("ssh_")).symlink_to(folder / file)
    log, before = folder / "sshd.log", {key: os.environ[key] for key in ("HOME", "PATH")}
    command = [program, "-D", "-E", str(log), "-f", str(folder / "sshd_config")]
    server = subprocess.Popen(command)
    try:
        await_door(port, server, log)
        os.environ["HOME"] = str(folder)
        os.environ["PATH"] = f"{wrapper.parent}{os.pathsep}{before['PATH']}"
        yield Sshd(name, port, folder, server)
    finally:
        os.environ.update(before)
        server.terminate()
        server.wait(10)


@contextmanager
def password_server(folder: Path, *, user: str, password: str) -> Iterator[int]:
    """A server that asks for a password, known in the ~/.ssh of HOME; its port.

    AsyncSSH's own: OpenSSH would ask the system for passwords of its accounts.
    """
    import asyncssh

    class Account(asyncssh.SSHServer):
        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, given: str) -> bool:
            return (username, given) == (user, password)

    (folder / ".ssh").mkdir(parents=True)
    key, loop = asyncssh.generate_private_key("ssh-ed25519"), asyncio.new_event_loop()

    async def start() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1", 0, server_factory=Account, server_host_keys=[key], sftp_factory=True
        )

    serving = threading.Thread(target=loop.run_forever, daemon=True)
    serving.start()
    server = asyncio.run_coroutine_threadsafe(start(), loop).result()
    public, port = key.export_public_key().decode(), server.get_port()
    (folder / ".ssh/known_hosts").write_text(f"[127.0.0.1]:{port} {public}", encoding="utf-8")
    try:
        with patch.dict(os.environ, {"HOME": str(folder)}):
            yield port
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(server.wait_closed(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        serving.join()
        loop.close()


def await_door(port: int, server: subprocess.Popen[bytes], *logs: Path) -> None:
    """Wait until a server answers; AssertionError with its logs if it ends instead."""
    for _ in range(600):
        with socket.socket() as door:
            if server.poll() is not None or door.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    said = [one.read_text(encoding="utf-8") for one in logs if one.is_file()]
    assert server.poll() is None, "\n".join(said)


WEED = ("master", "volume", "filer", "s3")
WEED_OPTIONS = (
    *("-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", "-s3.port.iceberg=0", "-s3.port.lance=0"),
    *("-volume.max=1000", "-master.volumeSizeLimitMB=64"),
)
WEED_GROWTH = {"WEED_MASTER_VOLUME_GROWTH_COPY_1": "1"}
"""How many volumes a bucket begins with: tests have many buckets with little in them."""
KEYS = {"AWS_ACCESS_KEY_ID": "key-of-the-tests", "AWS_SECRET_ACCESS_KEY": "secret-of-the-tests"}
READER = {"AWS_ACCESS_KEY_ID": "key-of-a-reader", "AWS_SECRET_ACCESS_KEY": "secret-of-a-reader"}
"""Two accounts of the storage, as the environment names them; the second one may not write."""


@dataclass(frozen=True)
class Storage:
    """A SeaweedFS server that speaks S3, and a client of those who run it."""

    address: str
    client: Any


@cache
def storage() -> Storage:
    """SeaweedFS. It takes seconds to start, so there is one for a process of tests, and it ends with that."""
    stack = ExitStack()
    atexit.register(stack.close)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hdw-seaweedfs-", dir="/var/tmp")))
    return stack.enter_context(seaweedfs(folder))


@contextmanager
def seaweedfs(folder: Path) -> Iterator[Storage]:
    """Its whole cluster in one process, in this folder."""
    from botocore.exceptions import BotoCoreError, ClientError

    program = parts.at("weed", Path(sys.executable).with_name("weed"))
    settings, log = folder / "s3.json", folder / "log"
    identities = [
        _identity("house", KEYS, ["Admin", "List", "Read", "Tagging", "Write"]),
        _identity("reader", READER, ["Read"]),
    ]
    settings.write_text(json.dumps({"identities": identities}), encoding="utf-8")
    ports = {f"{part}.port{kind}": free_port() for part in WEED for kind in ("", ".grpc")}
    command = [program, "server", f"-dir={folder}", f"-s3.config={settings}", *WEED_OPTIONS]
    command += [f"-{name}={port}" for name, port in ports.items()]
    with log.open("wb") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, env=os.environ | WEED_GROWTH)
    try:
        found = Storage(f"http://127.0.0.1:{ports['s3.port']}", s3_client(ports["s3.port"]))
        for _ in range(1200):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            with suppress(BotoCoreError, ClientError):
                found.client.create_bucket(Bucket="first")
                found.client.put_object(Bucket="first", Key="first", Body=b"x")
                break
            time.sleep(0.1)
        yield found
    finally:
        server.kill()  # nothing of it is wanted any more, and to end it tidily takes half a minute
        server.wait(60)


def _identity(name: str, keys: Mapping[str, str], actions: list[str]) -> dict[str, Any]:
    access, secret = keys["AWS_ACCESS_KEY_ID"], keys["AWS_SECRET_ACCESS_KEY"]
    return {"name": name, "credentials": [{"accessKey": access, "secretKey": secret}], "actions": actions}


def s3_client(port: int) -> Any:
    """A client of botocore for those who run the storage; it does not try again."""
    from botocore.config import Config
    from botocore.session import Session

    return Session().create_client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
    )
