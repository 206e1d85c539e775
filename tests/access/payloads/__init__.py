"""Words stay words: what somebody types is text wherever it is shown, and nothing else (issue 5, point 7).

`corpus` holds the payloads and fits them into any box; `reading` looks through what comes out: pages, mails, exports,
lines of the log. `infested` fills every column that people fill, and `typed` finds every box that they type into. So a
new column, form or page is looked at without being told, or fails: `test_nothing_is_left_out.py` says where.
"""
