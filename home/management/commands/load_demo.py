"""Load the demo's people and what they wrote."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from home.demo import live, loader
from home.demo.words import WordsError, read_words
from partnerships.models import Partnership
from records.models import Record


class Command(BaseCommand):
    """Load the demo once; where its people are here already, leave everything as it is.

    One session goes on at each start: where the last one is over, another is convened.
    """

    help = "Load the demo's people and what they wrote, all with one known password. Only where DEMO=true."

    def handle(self, **options):
        """Load unless it is there, say what there is, and who can sign in."""
        # Everybody knows the password of these people, the site admin's among them.
        if not settings.DEMO:
            raise CommandError("DEMO=true is not set, so the demo's people get no accounts here.")
        if loader.is_loaded():
            self.stdout.write("The demo is here already; its data was left alone.")
        else:
            self._load()
        if not live.is_on():
            live.begin()
            self.stdout.write("A session goes on, with words that wait for the reveal.")
        self._tell_who_can_sign_in()

    def _load(self):
        try:
            loader.load()
        except WordsError as error:
            raise CommandError(f"The words of the demo do not fit together. {error}") from error
        self.stdout.write(
            f"Loaded the demo: {User.objects.count()} people, {Partnership.objects.count()} partnerships, "
            f"{Record.objects.in_stream().count()} notes, "
            f"{Record.objects.filter(kind='response').count()} responses."
        )

    def _tell_who_can_sign_in(self):
        people = {person.key: person for person in read_words().people}
        widest = max(len(people[key].email) for key in loader.CAST)
        self.stdout.write("\nWho can sign in:\n")
        for key in loader.CAST:
            person = people[key]
            self.stdout.write(f"  {person.email:{widest}}  {person.name}, {person.job}")
        others = ", ".join(key for key in people if key not in loader.CAST)
        self.stdout.write(f"  and, at the same domain: {others}")
        self.stdout.write(f"\nEverybody's password: {loader.PASSWORD}")
