"""Everything that can be sent is sent: what breaks nothing may still change nothing of others (issue 5, point 6).

`inputs` finds what an address takes, `hostile` knows what to send in its place, `rows` says whose each row is, and
`shots` sends one request and says what is wrong with what came of it.
"""
