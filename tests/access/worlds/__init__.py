"""Non-interference: two worlds that differ only in what somebody may not see look alike to them, byte for byte.

`steps.py` says what a step of a world is; `hidden_*.py`, `swapped.py` and `shown.py` hold the steps: what is only in
the other world, what is different there, and what comes afterwards in both. `crawl.py` asks, `comparing.py` compares,
`releases.py` says what may differ, and `planted.py` holds leaks that must be found.

A room that is added later gives an example of each of its tables, kinds, notices and mails in a `hidden_*.py`:
`test_nothing_is_forgotten.py` fails until it does.
"""

from . import (  # noqa: F401 (the steps add themselves)
    hidden_after,
    hidden_agenda,
    hidden_calendar,
    hidden_conversing,
    hidden_curating,
    hidden_cycles,
    hidden_data,
    hidden_guests,
    hidden_landscape,
    hidden_live_more,
    hidden_live_writing,
    hidden_looking_again,
    hidden_places,
    hidden_sessions,
    hidden_trying,
    hidden_words,
    shown,
    swapped,
)
