"""Suggested changes, each taken or left: whatever is taken, only that is different, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from records.merging import proposals, with_taken

HAD = "I was there and recieved the womans coat.\nIt rained alot."
SUGGESTED = "I was there and received the woman's coat.\nIt rained a lot."
texts = st.text(alphabet="ab \n.", max_size=50)


def changes(had, suggested, now=None):
    return [change for change in proposals(had, suggested, had if now is None else now) if change]


def test_each_change_stands_with_the_words_around_it():
    first, second, third = changes(HAD, SUGGESTED)
    assert (first.before, first.after, first.lead, first.tail) == (
        "recieved",
        "received",
        "I was there and ",
        " the womans coat.",
    )
    assert (second.before, second.after) == ("womans", "woman's")
    assert (third.lead, third.tail) == ("It rained ", ".")


def test_one_is_taken_and_the_others_stay_as_they_were():
    first, second, third = changes(HAD, SUGGESTED)
    assert with_taken(HAD, [first, third]) == HAD.replace("recieved", "received").replace("alot", "a lot")
    assert with_taken(HAD, [second]) == HAD.replace("womans", "woman's")


def test_a_change_elsewhere_hinders_nothing():
    now = f"It was cold. {HAD}"
    first, second, third = changes(HAD, SUGGESTED, now)
    assert not first.fits or first.place == now.index("recieved")
    assert with_taken(now, [second, third]) == now.replace("womans", "woman's").replace("alot", "a lot")


def test_a_change_does_not_fit_where_the_words_beside_it_changed():
    now = HAD.replace("the womans", "that womans")
    first, second, third = changes(HAD, SUGGESTED, now)
    assert (first.fits, second.fits, third.fits) == (False, False, True)
    assert second.after == "woman's", "what the helper wrote is still there to be shown"


def test_what_the_author_has_done_already_is_not_asked_again():
    now = HAD.replace("alot", "a lot")
    assert [change.after for change in changes(HAD, SUGGESTED, now)] == ["received", "woman's"]
    assert len(proposals(HAD, SUGGESTED, now)) == 3, "the others keep their numbers"


def test_a_word_that_is_there_twice_is_changed_where_it_was_meant():
    had = "the coat and the coat and the coat"
    (change,) = changes(had, "the coat and the cost and the coat")
    assert with_taken(had, [change]) == "the coat and the cost and the coat"


def test_one_slip_in_a_long_paragraph_is_one_small_change():
    had = " ".join(f"In week {number} they recieved nothing from us." for number in range(120))
    (change,) = changes(had, had.replace("recieved", "received", 1))
    assert (change.before, change.after) == ("recieved", "received")


@given(texts, texts)
def test_taking_all_gives_the_helpers_text_and_taking_none_the_authors(had, suggested):
    assert with_taken(had, changes(had, suggested)) == suggested
    assert with_taken(had, []) == had


@given(texts, texts, st.data())
def test_of_any_that_are_taken_only_those_are_different(had, suggested, data):
    found = changes(had, suggested)
    first = [change for change in found if data.draw(st.booleans())]
    # Each taken change puts its words in, and everything between the changes stays.
    expected, at = [], 0
    for change in found:
        expected += [had[at : change.place], change.after if change in first else change.before]
        at = change.place + len(change.before)
    assert with_taken(had, first) == "".join([*expected, had[at:]])


@given(texts, texts, texts)
def test_against_any_text_what_does_not_fit_changes_nothing_and_what_fits_only_itself(had, suggested, now):
    found = changes(had, suggested, now)
    for change in found:
        if change.fits:
            assert now[change.place : change.place + len(change.before)] == change.before
    fitting = [change for change in found if change.fits]
    places = [(change.place, change.place + len(change.before)) for change in fitting]
    assert places == sorted(places), "no two of them overlap"
    assert with_taken(now, found) == with_taken(now, fitting)
    assert with_taken(now, []) == now
