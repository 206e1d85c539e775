"""The pages of what is tried: what is refused stands beside its box, and no typed word goes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cycles.models import Experiment
from desk import drafts
from desk.models import Draft

from . import trying_made as made

CANARY = "a bag moved to where one could sit"


@pytest.fixture
def tried(cast):
    return made.begin(by=cast.practitioner, space=cast.peers)


def begun(cast, **words):
    day = timezone.localdate() + timedelta(days=7)
    right = {"title": CANARY, "space": cast.peers.public_id, "draft_key": drafts.new_key()}
    return right | {f"look_again_on_{part}": getattr(day, part) for part in ("day", "month", "year")} | words


def test_it_is_begun_with_a_sentence_a_day_and_a_space(cast, client_for):
    path = reverse("cycles:experiment-new", args=[cast.partnership.slug])
    answer = client_for(cast.fellow).post(path, begun(cast))
    made_now = Experiment.objects.get(title=CANARY)
    assert answer.url == made_now.get_absolute_url()
    assert (made_now.space, made_now.author) == (cast.peers, cast.fellow)


def test_a_day_gone_by_is_refused_beside_the_day_and_the_sentence_stays(cast, client_for):
    path = reverse("cycles:experiment-new", args=[cast.partnership.slug])
    refused = client_for(cast.fellow).post(path, begun(cast, look_again_on_year=2020))
    page = refused.content.decode()
    assert refused.status_code == 422 and "That day has gone by" in page and CANARY in page
    elsewhere = client_for(cast.manager).post(path, begun(cast))
    assert elsewhere.status_code == 422 and "You are not in that space" in elsewhere.content.decode()
    assert not Experiment.objects.filter(title=CANARY).exists()


def test_closing_is_refused_beside_the_box_and_nothing_typed_goes(cast, client_for, tried):
    path = reverse("cycles:experiment-close", args=[tried.public_id])
    body = {"surprised": CANARY, "belief": "", "decision": "damp", "version": 1, "draft_key": drafts.new_key()}
    refused = client_for(cast.fellow).post(path, body)
    page = refused.content.decode()
    assert refused.status_code == 422 and CANARY in page
    error = page.rindex("Say what you now believe. Without it, it stays open.")
    assert page.index('name="surprised"') < error < page.index('name="belief"')
    assert refused.context["form"]["decision"].value() == "damp"
    assert client_for(cast.fellow).post(path, body | {"belief": "Words."}).status_code == 302
    assert Experiment.objects.get(pk=tried.pk).surprised == CANARY


def test_the_page_shows_what_is_believed_beside_the_hunch(cast, client_for, tried):
    made.fill(tried, by=cast.fellow, text="hunch words")
    made.close(tried, by=cast.fellow, belief="belief words", surprised="surprising words")
    page = client_for(cast.academic).get(tried.get_absolute_url()).content.decode()
    assert page.index("Our hunch was") < page.index("hunch words") < page.index("What we now believe")
    assert "belief words" in page and "surprising words" in page
    assert "When it comes" not in page and "Fill" not in page


@pytest.mark.parametrize("key", ["hunch", "smallest", "affected", "signs", "surprise", "again"])
def test_each_step_has_its_own_page_and_is_saved(cast, client_for, tried, key):
    browser = client_for(cast.academic)
    path = reverse("cycles:experiment-step", args=[tried.public_id, key])
    form = browser.get(path).context["form"]
    typed = {name: CANARY for name in form.step.columns if name not in ("agreed", "look_again_on")}
    typed |= {"agreed": "no"} if key == "affected" else {}
    typed |= {name: value for name, value in begun(cast).items() if name.startswith("look_again_on")}
    answer = browser.post(path, typed | {"version": 1, "draft_key": drafts.new_key()})
    assert answer.url == f"{tried.get_absolute_url()}#{key}"
    now = Experiment.objects.get(pk=tried.pk)
    assert all(getattr(now, name) == CANARY for name in form.step.columns if name not in ("agreed", "look_again_on"))
    assert CANARY in browser.get(tried.get_absolute_url()).content.decode()


def test_both_texts_are_shown_where_somebody_saved_the_same_step_first(cast, client_for, tried):
    made.fill(tried, by=cast.practitioner, version=1, text="What the other wrote.")
    path = reverse("cycles:experiment-step", args=[tried.public_id, "hunch"])
    body = {"text": CANARY, "version": 1, "draft_key": drafts.new_key()}
    answer = client_for(cast.fellow).post(path, body)
    page = answer.content.decode()
    assert answer.status_code == 409 and CANARY in page and "What the other wrote." in page
    again = answer.context["form"]
    sent = {"text": CANARY, "version": again["version"].value(), "draft_key": again["draft_key"].value()}
    assert client_for(cast.fellow).post(path, sent).status_code == 302
    assert Experiment.objects.get(pk=tried.pk).text == CANARY


def test_words_for_a_step_of_what_was_closed_meanwhile_are_kept(cast, client_for, tried):
    made.close(tried, by=cast.practitioner, version=1)
    path = reverse("cycles:experiment-step", args=[tried.public_id, "signs"])
    body = {"hope": CANARY, "version": 1, "draft_key": drafts.new_key()}
    answer = client_for(cast.fellow).post(path, body)
    assert answer.status_code == 422 and CANARY in answer.content.decode()
    assert Draft.objects.open().filter(author=cast.fellow, form="experiment-step").exists()


def test_the_lists_show_what_one_reads_and_page_what_is_closed(cast, client_for):
    path = reverse("cycles:experiment-list", args=[cast.partnership.slug])
    made.begin(by=cast.practitioner, space=cast.peers, title=CANARY)
    assert CANARY in client_for(cast.fellow).get(path).content.decode()
    assert CANARY not in client_for(cast.manager).get(path).content.decode()
    for number in range(22):
        made.close(made.begin(by=cast.fellow, space=cast.everyone, title=f"Closed {number:02}"), by=cast.fellow)
    first = client_for(cast.manager).get(path)
    assert "Closed 21" in first.content.decode() and "Closed 00" not in first.content.decode()
    further = client_for(cast.manager).get(f"{path}?before={first.context['older']}").content.decode()
    assert "Closed 00" in further and "Closed 21" not in further


@pytest.mark.parametrize("name", ["experiment", "condition"])
def test_an_empty_room_says_what_will_be_here(cast, client_for, name):
    page = client_for(cast.outsider).get(reverse(f"cycles:{name}-list", args=[cast.sibling.slug])).content.decode()
    assert "yet" in page and reverse(f"cycles:{name}-new", args=[cast.sibling.slug]) in page
