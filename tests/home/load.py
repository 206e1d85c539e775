"""One who writes while a backup is made: a process of its own, started as `python -m tests.home.load`.

Says of each note that it is saved, by a line with its public id, and goes on until its input ends.
"""

import select
import sys
import time

import django

LONGEST_SECONDS = 90
# Every so many notes with a photo.
WITH_PHOTO = 4


def main() -> None:
    """Write, as somebody of the cast."""
    django.setup()
    from accounts.models import User
    from tests import factories as make
    from tests.scenery.attachments import file_on

    me = User.objects.get(email=f"{sys.argv[1]}@example.org")
    until = time.monotonic() + LONGEST_SECONDS
    number = 0
    while time.monotonic() < until and not select.select([sys.stdin], [], [], 0)[0]:
        number += 1
        note = make.make_note(by=me, text=f"Written under load, {number}", key=f"load-{sys.argv[1]}-{number}"[:24])
        if number % WITH_PHOTO == 0:
            file_on(note, by=me, description="A wall")
        sys.stdout.write(f"{note.public_id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
