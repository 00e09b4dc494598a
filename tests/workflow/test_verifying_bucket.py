"""A bucket that the public reads without anything before it: what it answers, and what it has to be told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import workflow
from pipeline.workflow import Verified
from tests import published
from tests.deploy.kinds import made
from tests.published import NOW
from tests.servers import KEYS, Storage, storage

TARGET = '\n[publish.web]\nkind = "s3"\nbucket = "{bucket}"\nprefix = "podcast"\nendpoint = "{endpoint}"\n'


@pytest.fixture(scope="module")
def server() -> Storage:
    return storage()


@pytest.fixture(scope="module")
def bucket(server: Storage) -> str:
    return made(server)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, server: Storage, bucket: str) -> Iterator[Path]:
    """A house in that bucket, at the address that the storage has for everybody."""
    target = TARGET.format(bucket=bucket, endpoint=server.address)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        folder = tmp_path_factory.mktemp("eimer")
        yield published.made(folder, f"{server.address}/{bucket}/podcast/", target)


def verify(house: Path) -> Verified:
    return workflow.verify(house, now=NOW, every=True)


@pytest.fixture
def rules(server: Storage, bucket: str, once: Path) -> Iterator[Any]:
    """Sets the bucket's CORS rules; afterwards they are as the publication left them."""
    before = server.client.get_bucket_cors(Bucket=bucket)["CORSRules"]

    def put(*found: dict[str, list[str]]) -> None:
        server.client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": list(found)})

    yield put
    put(*before)


def test_as_a_publication_leaves_it_apps_get_everything(once: Path) -> None:
    found = verify(once)
    assert found.failures == ()
    assert found.asked == 1 + 2 + 2 * 4  # the feed, sound, transcripts in four formats


def test_the_rule_that_the_docs_ask_for_is_enough(once: Path, rules: Any) -> None:
    rules({"AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"]})
    assert verify(once).failures == ()


@pytest.mark.parametrize(
    "rule",
    [
        {"AllowedOrigins": ["https://hdw.example"], "AllowedMethods": ["GET", "HEAD"]},
        {"AllowedOrigins": ["*"], "AllowedMethods": ["PUT"]},
    ],
)
def test_a_rule_that_keeps_apps_out_is_told_with_its_remedy(
    once: Path, rules: Any, rule: dict[str, list[str]]
) -> None:
    rules(rule)
    found = verify(once)
    assert {one.address.rpartition(".")[2] for one in found.failures} == {"json", "srt", "txt", "vtt"}
    for one in found.failures:
        assert "Access-Control-Allow-Origin: * is missing" in str(one.message)
        assert "a bucket needs a CORS rule: GET and HEAD, from every origin" in str(one.hint)


def test_a_bucket_that_the_public_may_not_read_is_told(once: Path, server: Storage, bucket: str) -> None:
    policy = server.client.get_bucket_policy(Bucket=bucket)["Policy"]
    server.client.delete_bucket_policy(Bucket=bucket)
    try:
        (failure,) = verify(once).failures
    finally:
        server.client.put_bucket_policy(Bucket=bucket, Policy=policy)
    assert failure.address.endswith("/feed.xml")
    assert "403" in str(failure.message)
    assert "the bucket's policy" in str(failure.hint)
