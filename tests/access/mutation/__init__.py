"""Each clause of the rules is taken away in turn, and some test has to notice (issue 5, point 3).

`clauses` finds and weakens them in the source, `targets` names the rules and the tests that hold them, and `plugin`
runs those tests, in a process of its own, once for each clause that is gone.
"""
