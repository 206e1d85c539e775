"""How a document is called: words that can stand on a page, in a header and in the folder of whoever keeps it."""

import unicodedata

LONGEST = 100
# Marks that turn round what stands beside them; a line that was cut may have lost what closes them.
TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def plain_name(name: str, *, is_file: bool = True) -> str:
    """Return a name in plain letters, figures and spaces, "-" and "_" among them; empty where nothing is left.

    Of the name of a file (`is_file`) the ending is left out, and the folders before it: what it is called says nothing
    about what it is. Marks of direction, control characters and whatever a file system or a shell reads go.
    """
    if is_file:
        name = name.replace("\\", "/").rpartition("/")[2]
        name = name.rpartition(".")[0] or name
    name = unicodedata.normalize("NFC", name)
    kept = "".join(letter if _is_plain(letter) else " " for letter in name)
    return " ".join(kept.split())[:LONGEST].strip(" -_")


def one_line(text: str) -> str:
    """Return the first line of what is said of a document, without marks of direction."""
    line = text.strip().partition("\n")[0]
    return "".join(letter for letter in line if unicodedata.bidirectional(letter) not in TURNS)


def _is_plain(letter: str) -> bool:
    return letter in "-_" or unicodedata.category(letter)[0] in "LNM"
