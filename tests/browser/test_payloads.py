"""Words stay words: nothing that somebody types is run, fetched or obeyed by the browser of who reads it."""

from urllib.parse import quote, urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.actions import change_profile
from tests import factories as make

from . import steps

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAYLOADS = [
    "<script>window.obeyed = 1; fetch('/obeyed/')</script>",
    '<img src=/obeyed/ onerror="window.obeyed = 1">',
    '<svg onload="window.obeyed = 1"><use href="/obeyed/#a"/></svg>',
    "</textarea></title></script><script src=/obeyed/></script>",
    '"><b autofocus onfocus=window.obeyed=1 tabindex=0>',
    "' onmouseover='window.obeyed=1",
    'javascript:window.obeyed=1 http://x.example/"onmouseover="window.obeyed=1',
    '<a href="javascript:window.obeyed=1">press me</a>',
    '<div hx-get="/obeyed/" hx-trigger="load">hx</div>',
    '<div data-hx-post="/obeyed/" data-hx-trigger="intersect" hx-vals=\'js:{a: window.obeyed=1}\'>hx</div>',
    '<button hx-on:click="window.obeyed=1" hx-delete="/obeyed/" hx-trigger="load, every 1s">hx</button>',
    '<hx-partial hx-target="#status"><p>obeyed</p></hx-partial><p id="status" hx-swap-oob="true">obeyed</p>',
    '<iframe srcdoc="<script>parent.obeyed=1</script>"></iframe><object data=/obeyed/></object>',
    '<meta http-equiv=refresh content="0;url=/obeyed/"><base href="https://obeyed.example/">',
    "<style>body { background: url(/obeyed/) }</style><link rel=stylesheet href=/obeyed/>",
    "<form action=/obeyed/><input name=text autofocus formaction=/obeyed/></form>",
    "<template shadowrootmode=open><slot></slot></template><dialog open>obeyed</dialog>",
    '{{ 7|add:7 }}{% now "Y" %}${7*7}\u202eobeyed\u202c&lt;b&gt;obeyed&lt;/b&gt;&#x3C;script&#x3E;',
]
ALL = "\n\n".join(PAYLOADS)
LIVE = """() => ["script", "iframe", "object", "embed", "base", "style", "dialog", "hx-partial",
  "template:not([data-file])",
  "[onclick]", "[onload]", "[onerror]", "[onfocus]", "[onmouseover]",
  "form[action*=obeyed]", "[src*=obeyed]", "[href^='javascript:']"]
  .flatMap((what) => [...document.querySelectorAll(what)])
  .filter((element) => !element.src?.includes("/static/") && element.type !== "application/json")
  .map((element) => element.outerHTML.slice(0, 200))
  .concat(window.obeyed ? ["window.obeyed"] : [])"""


class Reader:
    """Somebody who reads page after page, touching what can be touched; notes what the pages made of the payloads."""

    def __init__(self, page):
        self.page = page
        self.faults = []
        page.on("request", self._on_request)

    def _on_request(self, request):
        if urlsplit(request.url).path.startswith("/obeyed"):
            self.faults.append(f"{request.method} {request.url}")

    def opens(self, address, *, status=200):
        answer = self.page.goto(address)
        assert answer.status == status, (address, answer.status)
        self.looks()

    def looks(self):
        """Go through the page with the keyboard and the mouse, so that what waits for that has its chance."""
        self.page.mouse.move(500, 400)
        self.page.mouse.wheel(0, 5000)
        for _stop in range(3):
            self.page.keyboard.press("Tab")
        self.faults += [f"{self.page.url}: {found}" for found in self.page.evaluate(LIVE)]

    def has_seen_only_words(self):
        assert not self.faults, "\n".join(dict.fromkeys(self.faults))


@pytest.fixture
def infested(gathered_anew):
    """Put payloads wherever a person can put words."""
    cast = gathered_anew
    me = cast.practitioner
    cast.notes = [
        make.make_shared_note(by=me, space=cast.peers, title=payload[:150], text=payload, tags=[payload[:60].lower()])
        for payload in PAYLOADS
    ]
    cast.note = make.make_shared_note(by=me, space=cast.peers, title=PAYLOADS[0], text=ALL, tags=["<b>tag</b>"])
    cast.private = make.make_note(by=me, title=PAYLOADS[8], text=ALL)
    cast.kept = make.make_draft(by=me, text=ALL)
    cast.question = make.make_response(to=cast.note, by=cast.fellow, text=ALL, verb="ask")
    change_profile(
        person=me, by=me, name="<b onclick=window.obeyed=1>Q</b>", wants_to_learn=ALL, can_offer=ALL, answers_for=ALL
    )
    return cast


def test_a_note_shows_every_payload_as_it_was_typed(visit, infested):
    cast = infested
    reader = Reader(visit(cast.fellow))
    reader.opens(cast.note.get_absolute_url())
    words = reader.page.locator(".record .words").first
    for payload in PAYLOADS:
        expect(words).to_contain_text(payload)
    expect(reader.page.locator(f"#response-{cast.question.public_id}")).to_contain_text(PAYLOADS[8])
    reader.page.locator(".words").first.click()
    reader.has_seen_only_words()


def test_others_pages_run_nothing_of_it(visit, infested):
    cast = infested
    reader = Reader(visit(cast.fellow))
    inside = [cast.partnership.slug]
    stream = reverse("records:stream", args=inside)
    for address in (
        reverse("home:home"),
        stream,
        f"{stream}?tag=%3Cb%3Etag%3C%2Fb%3E",
        reverse("partnerships:partnership-detail", args=inside),
        reverse("partnerships:people-list", args=inside),
        reverse("partnerships:space-list", args=inside),
        cast.peers.get_absolute_url(),
        reverse("records:response-new", args=[cast.note.public_id]),
        reverse("records:response-edit", args=[cast.question.public_id]),
        *(note.get_absolute_url() for note in cast.notes[8:12]),
    ):
        reader.opens(address)
    reader.has_seen_only_words()


def test_ones_own_pages_run_nothing_of_it(visit, infested):
    cast = infested
    reader = Reader(visit(cast.practitioner))
    private = cast.private.get_absolute_url()
    for address in (
        reverse("home:home"),
        reverse("reflections:notebook"),
        f"{reverse('reflections:notebook')}?show=shared",
        f"{reverse('reflections:reflection-new')}?draft={cast.kept.key}",
        reverse("desk:draft-delete", args=[cast.kept.key]),
        f"{private}edit/",
        f"{private}delete/",
        f"{private}share/",
        f"{cast.note.get_absolute_url()}withdraw/",
        f"{reverse('records:response-new', args=[cast.note.public_id])}?answers={cast.question.public_id}",
        reverse("accounts:profile"),
        reverse("accounts:profile-edit"),
    ):
        reader.opens(address)
    # The preview is swapped in by htmx, which looks for its own attributes in what it swaps.
    reader.opens(f"{private}share/?space={cast.peers.public_id}")
    reader.page.get_by_role("radio", name="Not named", exact=True).check()
    expect(reader.page.locator("#preview .fact").first).to_have_text("Not named")
    expect(reader.page.locator("#preview")).to_contain_text(PAYLOADS[8])
    reader.looks()
    reader.has_seen_only_words()


def test_payloads_in_addresses_and_refused_forms_are_words_too(visit, infested):
    cast = infested
    reader = Reader(visit(cast.practitioner))
    stream = reverse("records:stream", args=[cast.partnership.slug])
    private = cast.private.get_absolute_url()
    for payload in (PAYLOADS[0], PAYLOADS[4], PAYLOADS[8]):
        typed = quote(payload)
        reader.opens(f"{stream}?tag={typed}")
        reader.opens(f"{stream}?space={typed}&author={typed}&kind={typed}&level={typed}&before={typed}", status=422)
        reader.opens(f"{stream}?since_day={typed}&since_month={typed}&since_year={typed}", status=422)
        reader.opens(f"{private}share/?space={typed}", status=422)
        reader.opens(f"{private}share/?space={cast.peers.public_id}&attribution={typed}")
        reader.opens(f"{reverse('reflections:reflection-new')}?draft={typed}&partnership=")
        reader.opens(f"/partnerships/{typed}/", status=404)
    # Filters are swapped in by htmx.
    reader.opens(stream)
    reader.page.get_by_label("Tag", exact=True).fill(PAYLOADS[8][:60])
    reader.page.get_by_role("button", name="Show these").click()
    expect(reader.page.get_by_role("link", name="Take off the filter")).to_be_visible()
    reader.looks()

    steps.write(reader.page, ALL)
    reader.page.get_by_text("Add more").click()
    reader.page.get_by_label("Tags").fill(f"{PAYLOADS[0]}, {'long ' * 20}<b>")
    steps.submit_note(reader.page)
    expect(reader.page.get_by_role("alert")).to_be_visible()
    expect(steps.box(reader.page)).to_have_value(ALL)
    reader.looks()
    reader.has_seen_only_words()
