"""What the tests of words share with those of two worlds: a mail server, and a kind that belongs to its space."""

from tests.access.worlds.conftest import kind_of_the_space  # noqa: F401
