"""What `hdw server-config` asks for and says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.giving import give

SERVERS = ("apache", "nginx")
PARTS = ("shared", "site")
"""Those of `deploy.web_servers`, which a test compares: help imports nothing heavy."""


@click.command()
@click.argument("server", type=click.Choice(SERVERS), metavar="SERVER")
@click.argument("target", metavar="[TARGET]", required=False)
@click.option("--root", "folder", metavar="FOLDER", help="The folder that the server shows.")
@click.option("--part", type=click.Choice(PARTS), help="Only what stands outside of a server, or inside one.")
@click.option("--certificate", metavar="FILE", help="The server's certificate with its chain.")
@click.option("--key", metavar="FILE", help="The key of the certificate.")
@click.option("--output", default="-", metavar="FILE", help="Where to; - is standard output.")
def server_config(
    server: str,
    target: str | None,
    *,
    folder: str | None,
    part: str | None,
    certificate: str | None,
    key: str | None,
    output: str,
) -> None:
    """Write the configuration of the web server that shows the site.

    SERVER is nginx or apache; TARGET is a place in podcast.toml as for hdw publish. The text says types,
    byte ranges, cache lifetimes, security headers, where old addresses lead, what was taken back, and logs
    without addresses of readers. Where the server has a configuration already, --part shared goes beside it
    and --part site into it.
    """
    from pipeline import workflow  # noqa: PLC0415

    root = workflow.find(Path.cwd())
    text = workflow.server_config(
        root,
        server,
        target,
        now=datetime.now(UTC),
        folder=folder,
        part=part or "",
        certificate=certificate,
        key=key,
    )
    give(root, text, output)
