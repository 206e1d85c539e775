"""The same with an S3-compatible store, on a real server of that kind which the test starts (5-promises, 5.7)."""

import socket
from collections.abc import Iterator

import boto3
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from records.attachments import stores, tasks
from records.attachments.keeping import keep_clean
from records.attachments.said import Files
from records.models import Attachment
from tests import factories as make
from tests.house.test_settings import PRODUCTION, manage
from tests.scenery.attachments import PHOTO, VOICE, file_on

from .made import picture
from .sending import by_script, note_with

BUCKET = "learnpartner-files"
KEYS = {"access_key": "somebody", "secret_key": "a secret"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Start the server on a port of its own."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def in_bucket(endpoint: str) -> dict:
    from learnpartner import settings as project

    options = {"bucket_name": BUCKET, "endpoint_url": endpoint, "region_name": "eu-west-2", **KEYS}
    return project.FILES_IN_BUCKET | {"OPTIONS": project.FILES_IN_BUCKET["OPTIONS"] | options}


@pytest.fixture
def bucket(endpoint, settings):
    """Give the bucket, seen with the server's own eyes, while the app keeps its files in it."""
    store = boto3.resource(
        "s3",
        endpoint_url=endpoint,
        region_name="eu-west-2",
        aws_access_key_id=KEYS["access_key"],
        aws_secret_access_key=KEYS["secret_key"],
    )
    bucket = store.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    settings.STORAGES = settings.STORAGES | {"default": in_bucket(endpoint)}
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


def names_in(bucket):
    return sorted(row.key for row in bucket.objects.all())


def test_from_the_form_to_the_last_byte(db, client_for, bucket, opened_here, django_capture_on_commit_callbacks):
    """Kept, made small, read whole and in parts, and deleted."""
    browser = client_for(make.make_person())
    assert by_script(browser, picture(size=(1500, 800)), key="k").status_code == 200
    row = Attachment.objects.get()
    assert names_in(bucket) == [row.name]
    assert tasks.make_due_small_pictures.call() == 1
    assert names_in(bucket) == sorted([row.name, row.small_name])
    assert note_with(browser, key="k").status_code == 302
    row.refresh_from_db()
    address = reverse("records:attachment-file", args=[row.public_id])
    whole = browser.get(address)
    assert whole.content == bucket.Object(row.name).get()["Body"].read()
    asked = browser.get(address, headers={"Range": "bytes=10-29"})
    assert (asked.status_code, asked.content) == (206, whole.content[10:30])
    assert not [name for name in whole.headers if name.lower().startswith("x-amz") or name == "Last-Modified"]
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("reflections:reflection-delete", args=[row.record.public_id]))
    assert names_in(bucket) == [] and not Attachment.objects.exists()


def test_only_the_part_that_is_asked_for_is_fetched(db, bucket, monkeypatch):
    me = make.make_person()
    row = file_on(make.make_note(by=me), by=me, clean=VOICE)
    store = stores.store()
    asked = []
    really_get = store.bucket.meta.client.get_object
    monkeypatch.setattr(store.bucket.meta.client, "get_object", lambda **how: asked.append(how) or really_get(**how))
    fetched = store.bucket.meta.client.get_object(Bucket=BUCKET, Key=row.name, Range="bytes=5-9")["Body"].read()
    assert store.read_part(row.name, 5, 5) == fetched == VOICE.content[5:10]
    assert store.read_part(row.name, 5, 0) == b""


def test_nothing_in_it_is_public(db, bucket):
    me = make.make_person()
    row = file_on(make.make_note(by=me), by=me)
    grants = bucket.Object(row.name).Acl().grants
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"], "its owner, and nobody else"
    assert [grant["Permission"] for grant in grants] == ["FULL_CONTROL"]


def test_one_that_is_not_there_is_told_from_a_store_that_fails(db, bucket, settings):
    with pytest.raises(FileNotFoundError):
        stores.store().read_part("no/such", 0, 5)
    stores.store().delete("no/such")
    bucket.objects.all().delete()
    options = settings.STORAGES["default"]["OPTIONS"] | {"bucket_name": "there-is-none"}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    with pytest.raises(OSError):
        stores.put("a/name", b"content")


def test_a_store_that_is_away_is_said_in_words_and_nothing_is_lost_track_of(db, settings, monkeypatch):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = in_bucket(f"http://127.0.0.1:{nobody.getsockname()[1]}")
    settings.STORAGES = settings.STORAGES | {"default": away}
    me = make.make_person()
    with pytest.raises(ValidationError, match="could not be kept just now"):
        keep_clean(PHOTO, "d" * 64, kind="photo", files=Files(me, "k"))
    assert Attachment.objects.get().kept_at is None
    Attachment.objects.update(next_try_at=Attachment.objects.get().created_at)
    assert tasks.delete_due_files.call() == 0
    assert Attachment.objects.get().attempts == 1


def test_the_store_is_named_by_the_environment(tmp_path):
    show = (
        "from records.attachments.stores import store; s = store();"
        "print(type(s).__name__, s.bucket_name, s.endpoint_url, s.region_name, s.access_key, s.default_acl)"
    )
    named = {
        "FILES_S3_BUCKET": "files",
        "FILES_S3_ENDPOINT": "https://s3.example.org",
        "FILES_S3_REGION": "eu-west-2",
        "FILES_S3_ACCESS_KEY": "key",
        "FILES_S3_SECRET_KEY": "secret",
    }
    ran = manage("shell", "-v", "0", "-c", show, tmp_path=tmp_path, **PRODUCTION, **named)
    assert ran.stdout.split() == ["Bucket", "files", "https://s3.example.org", "eu-west-2", "key", "None"], ran.stderr
    show = "from records.attachments.stores import store; print(type(store()).__name__, store().location)"
    ran = manage("shell", "-v", "0", "-c", show, tmp_path=tmp_path, **PRODUCTION)
    assert ran.stdout.split() == ["Folder", str(tmp_path / "files")], ran.stderr
