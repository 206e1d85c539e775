"""Answering with a file, or with a part of it: what a browser needs to jump about in a recording."""

import re

from django.http import HttpRequest, HttpResponse

from .limits import CALLED, DOCUMENTS
from .stores import store

# Of a file that somebody opens by itself: no script, no form, no frame, nothing fetched, an origin of its own.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
RANGE = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")


def part_asked_for(header: str, size: int) -> range | None:
    """Return the part of a file that a Range header asks for; an empty one where there is none such.

    None where the whole file is to be sent: without the header, with one that is not understood, and for several parts
    at once, which a server may answer with the whole (RFC 9110, 14.2).
    """
    match = RANGE.fullmatch(header.strip().lower())
    if match is None or match[0] == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None
    end = int(last) if last else size - 1
    return range(int(first), min(end + 1, size))


def answer(request: HttpRequest, *, name: str, tag: str, size: int, media_type: str) -> HttpResponse:
    """Answer with the file of that name in the store, whole or in part. Raises FileNotFoundError, OSError.

    `tag` tells this file from any other: the same tag always means the same bytes. A file is 20 MB at the most, so it
    is read before the answer begins: a store that fails then fails in time to say so, and no database connection is
    held while a telephone takes its time.
    """
    part = None
    if request.headers.get("If-Range", tag) == tag:
        part = part_asked_for(request.headers.get("Range", ""), size)
    if part is not None and not part:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        sent = range(size) if part is None else part
        content = b"" if request.method == "HEAD" else store().read_part(name, sent.start, len(sent))
        response = HttpResponse(content, status=200 if part is None else 206)
        response.headers["Content-Length"] = str(len(sent))
        if part is not None:
            response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = _kept_as(media_type)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = tag
    return response


def _kept_as(media_type: str) -> str:
    """Say that it is kept and not shown, and how it is called then. What a document is called, the link to it says.

    Headers stand in the logs of whatever lies between, and no words that people wrote belong there.
    """
    return "attachment" if media_type in DOCUMENTS else f'attachment; filename="{CALLED[media_type]}"'
