"""Opening what somebody sent in a process of its own, so that a file can break nothing but itself.

FFmpeg and the readers of pictures are large programs in C. A file made to crash one would take the server's process
along, with what others are saving in it; one made to take it over would find the server's secrets. So a short-lived
process opens each file: without the environment, with limits of memory and time, unable to write a file, and with
nothing to say but the clean file or the reason why there is none.
"""

import io
import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from . import unreadable
from .clean import Clean
from .unreadable import Unreadable

# What opens it: one of the functions that `open_here` knows.
PHOTO, VOICE, DOCUMENT, SMALL = "photo", "voice", "document", "small"
ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60
MEMORY = 2 * 1024**3
# Ended with a reason, which is all that it wrote.
NOT_TAKEN = 3


def open_apart(file: BinaryIO, what: str) -> Clean:
    """Open a picture, a voice note or a document, and return what is left of it. Raises Unreadable."""
    command = [sys.executable, "-m", "records.attachments.opening", what]
    try:
        ran = subprocess.run(  # noqa: S603 - our own module, with a word of our own
            command,
            input=file.read(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(unreadable.TOO_MUCH_WORK)
    if ran.returncode == NOT_TAKEN:
        raise Unreadable(ran.stdout.decode())
    if ran.returncode:
        # It was ended by a limit, or by the file.
        raise Unreadable(unreadable.BROKEN)
    about, _newline, content = ran.stdout.partition(b"\n")
    return Clean(content, **json.loads(about))


def open_here(file: BinaryIO, what: str) -> Clean:
    """Open it in this process. Only what is needed is imported: that takes most of the time. Raises Unreadable."""
    if what == VOICE:
        from .sound import clean_sound

        return clean_sound(file)
    if what == DOCUMENT:
        from .documents import clean_document

        return clean_document(file)
    from .pictures import clean_picture, small_picture

    return small_picture(file) if what == SMALL else clean_picture(file)


def _limit() -> None:
    """Take away what opening a file does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Read a file from standard input; write a line about it and the clean file, or the reason why not."""
    _limit()
    out = sys.stdout.buffer
    try:
        clean = open_here(io.BytesIO(sys.stdin.buffer.read()), sys.argv[1])
    except Unreadable as error:
        out.write(str(error).encode())
        return NOT_TAKEN
    about = {name: value for name, value in asdict(clean).items() if name != "content"}
    out.write(json.dumps(about).encode() + b"\n" + clean.content)
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    # Nothing of the file is tidied up: the process ends, and all of it with it.
    os._exit(code)
