"""What is left of a file once it has been opened: nothing but the picture or the sound; a document as it came."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Clean:
    """A picture or a sound written anew, without anything that came along with it; a document as it was looked at."""

    content: bytes
    media_type: str
    width: int | None = None
    height: int | None = None
    seconds: int | None = None
