"""The ways by which somebody could come to a word that is not theirs, each a page that is opened and looked through."""

from functools import partial

from django.test import Client
from django.urls import reverse

from .reading_model import WIDER

# In every record.
WORD = "kanarie"


def token(number):
    """Give the word that stands in one record and nowhere else."""
    return f"zq{number:03d}qz"


class Paths:
    """Opens pages as the people of a state machine, and compares what they say with its model of reading."""

    def pages(self, who):
        """Give all that one of them can open which may hold these words, each as a question to be asked."""
        browser = Client()
        browser.force_login(self.people[who])
        numbers = sorted(self.records, reverse=True)
        return [
            partial(self.look_at_lists, who, browser, "search"),
            partial(self.look_at_stream, who, browser),
            *[partial(self.look_at_page, who, browser, number) for number in numbers],
            *[partial(self.look_at_file, who, browser, number) for number in self.files],
            partial(self.look_at_lists, who, browser, "notebook"),
            *[partial(self.look_at_lists, who, browser, page) for page in ("shared", "landscape", "home")],
        ]

    def look_at_page(self, who, browser, number):
        """Open the page of one record; of a response, that of what it stands under as well."""
        words, record = self.model.words.get(number), self.records[number]
        page = browser.get(record.get_absolute_url(), follow=True)
        reads = words is not None and self.model.reads(who, number)
        assert (page.status_code == 200) == reads, f"{who} gets {page.status_code} for {number}"
        self.compare(who, page, must={number} if reads and self.model.reads_words(who, number) else set())

    def look_at_file(self, who, browser, number):
        """Ask for a photo, which is read by who reads the words that it hangs on."""
        file = browser.get(reverse("records:attachment-file", args=[self.files[number]]))
        may = number in self.model.words and self.model.reads_words(who, number)
        assert file.status_code == (200 if may else 404), f"{who} gets {file.status_code} for the photo of {number}"

    def look_at_stream(self, who, browser):
        """Open the notes of the partnership, which hold what its reader may read and what stands."""
        page = browser.get(reverse("records:stream", args=[self.people.partnership.slug]))
        assert (page.status_code == 200) == (who in self.model.members)
        here = {
            number
            for number, words in self.model.words.items()
            if words.within is None and words.place not in (None, WIDER) and self.model.is_in(who, words.place)
        }
        self.compare(who, page, must=here & self.standing(who))

    def look_at_lists(self, who, browser, name):
        """Open a list of somebody's own, or a search for the word that is in every record."""
        address, query = {
            "search": (reverse("records:search"), {"q": WORD}),
            "notebook": (reverse("reflections:notebook"), {}),
            "shared": (reverse("reflections:notebook"), {"show": "shared"}),
            "landscape": (reverse("records:landscape"), {}),
            "home": (reverse("home:home"), {}),
        }[name]
        private = {number for number, words in self.model.words.items() if not words.place and not words.within}
        mine = {number for number in private if self.model.words[number].author == who}
        must = {"search": self.standing(who), "notebook": mine}.get(name, set())
        self.compare(who, browser.get(address, query), must=must)

    def standing(self, who):
        """Give what somebody reads the words of, and what was neither taken back nor set aside."""
        gone = {number for number, words in self.model.words.items() if words.taken_back or words.set_aside}
        return {number for number in self.model.words if self.model.reads_words(who, number)} - gone

    def compare(self, who, page, must=frozenset()):
        """No page says a word that its reader may not read, and this one says those that it must."""
        said = {number for number in self.records if token(number) in page.content.decode()}
        may = {number for number in self.model.words if self.model.reads_words(who, number)}
        address = page.request["PATH_INFO"]
        assert said <= may, f"{who} reads {sorted(said - may)} at {address}"
        assert must <= said, f"{who} does not read {sorted(must - said)} at {address}"
