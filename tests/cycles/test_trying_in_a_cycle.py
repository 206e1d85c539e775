"""What is tried can be part of a cycle, from its first page on, and stands in the cycle's picture and in its list."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cycles.models import Experiment, Part
from cycles.story import story_of
from desk import drafts
from partnerships.reader import Reader
from records.work import Work, keys_of
from tests.scenery.cycles import put

from . import trying_made as made


def begun(client, cast, title, **words):
    """Begin to try something among peers by its form."""
    address = reverse("cycles:experiment-new", args=[cast.partnership.slug])
    day = timezone.localdate() + timedelta(days=7)
    sent = {f"look_again_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    sent |= {"title": title, "space": cast.peers.public_id, "draft_key": drafts.new_key()} | words
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    return Experiment.objects.get(title=title)


def test_begun_within_a_cycle_it_stands_in_its_picture_and_its_list(cast, client_for):
    client, cycle = client_for(cast.fellow), cast["peers_cycle"]
    address = reverse("cycles:experiment-new", args=[cast.partnership.slug])
    assert "It will be part of" in client.get(address, {"part-of": cycle.public_id}).content.decode()
    begun(client, cast, "Ask at the door", part_of=cycle.public_id)
    page = client.get(cycle.get_absolute_url()).content.decode()
    assert page.count("Ask at the door") >= 2
    closed = made.close(Experiment.objects.get(title="Ask at the door"), by=cast.fellow)
    piece = next(row for row in story_of(Reader(cast.fellow), cycle).pieces if row.record.pk == closed.pk)
    assert piece.days.ended_on is not None


def test_a_cycle_that_one_does_not_read_takes_nothing_in_and_is_not_told_of(cast, client_for):
    client, cycle = client_for(cast.manager), cast["peers_cycle"]
    address = reverse("cycles:experiment-new", args=[cast.partnership.slug])
    page = client.get(address, {"part-of": cycle.public_id}).content.decode()
    assert "It will be part of" not in page
    begun(client, cast, "Ask outside", part_of=cycle.public_id, space=cast.everyone.public_id)
    assert not Part.objects.filter(record__title="Ask outside").exists()


def test_the_page_of_what_is_tried_says_what_it_is_part_of_to_those_who_read_both(cast, client_for):
    tried = made.begin(by=cast.fellow, space=cast.everyone, title="Ask everybody")
    put(tried, whole=cast["peers_cycle"], by=cast.fellow)
    assert "Cycle in peers" in client_for(cast.fellow).get(tried.get_absolute_url()).content.decode()
    assert "Cycle in peers" not in client_for(cast.manager).get(tried.get_absolute_url()).content.decode()


def test_conversing_is_work_of_the_grid(cast):
    found = [key for keys in keys_of(Work.CONVERSING) for key in keys.values_list("pk", flat=True)]
    assert cast["tension"].pk in found
    assert not [key for keys in keys_of(Work.CONVERSING, by=cast.outsider) for key in keys.values_list("pk", flat=True)]
