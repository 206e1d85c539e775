"""The settings of a partnership: what it is, where it lies, what it set out to do, its phase, words and next talk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import actions, settings_pages
from partnerships.bar import known
from partnerships.decided import decided
from partnerships.forms.settings import IntentionsForm, NestingForm, PhaseForm, TalkForm, WordsForm
from partnerships.forms.starting import PurposeForm
from partnerships.http import SignedInRequest
from partnerships.models.intentions import intentions_of
from partnerships.shelf import readable

from .saving import settings_membership, settings_page


@require_safe
def settings_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what is set in a partnership, each with the page that changes it."""
    partnership = settings_membership(request, slug).partnership
    mine = request.reader.memberships
    present, _ended = intentions_of(partnership)
    items = list(partnership.shelf_items.all())
    context = {
        "partnership": partnership,
        "parents": known([partnership.parent] if partnership.parent else [], mine),
        "alongside": known(partnership.alongside.all(), mine),
        "phase": request.reader.phase_in(partnership),
        "intentions": present,
        "participations": partnership.participations.select_related("organisation"),
        "resources": partnership.resources.all(),
        "shelf": items,
        "openable": readable(request.reader, items),
        "changed_words": sorted(partnership.words.values(), key=str.casefold),
        "further": settings_pages.all_pages(),
    }
    return render(request, "partnerships/settings_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def purpose_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change the name, the purpose and the kind."""
    partnership = settings_membership(request, slug).partnership
    return settings_page(
        request,
        partnership,
        template="partnerships/purpose_edit.html",
        heading=_("Name, purpose and kind"),
        make_form=lambda row: PurposeForm(request, row),
        save=lambda form: actions.describe(
            partnership=partnership,
            name=form.cleaned_data["name"],
            purpose=form.cleaned_data["purpose"],
            kind=form.cleaned_data["kind"],
            version=form.cleaned_data["version"] or 0,
            by=request.user,
        ),
        saved=_("Saved."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nesting_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change within which partnership it lies, and alongside which it learns."""
    partnership = settings_membership(request, slug).partnership
    return settings_page(
        request,
        partnership,
        template="partnerships/nesting_edit.html",
        heading=_("Where it lies"),
        make_form=lambda row: NestingForm(request, row),
        save=lambda form: actions.nest(
            partnership=partnership,
            parent=form.chosen_parent,
            alongside=form.chosen_alongside,
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        saved=_("Saved."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def intentions_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what the members set out to do, in up to five boxes; what was said before is kept."""
    partnership = settings_membership(request, slug).partnership
    return settings_page(
        request,
        partnership,
        template="partnerships/intentions_edit.html",
        heading=_("What we set out to do"),
        make_form=lambda row: IntentionsForm(request, row),
        save=lambda form: actions.set_intentions(
            partnership=partnership,
            texts=form.texts,
            version=form.cleaned_data["version"] or 0,
            by=request.user,
        ),
        saved=_("Saved. What was said before is kept."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def phase_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say in which phase the partnership is, since when and why; what was recorded before is listed."""
    partnership = settings_membership(request, slug).partnership
    changes = list(partnership.phase_changes.select_related("phase", "recorded_by").order_by("-pk"))
    found = decided(request.reader, partnership)
    return settings_page(
        request,
        partnership,
        template="partnerships/phase_edit.html",
        heading=_("Where we are"),
        make_form=lambda row: PhaseForm(request, row),
        save=lambda form: actions.enter_phase(
            partnership=partnership,
            phase=form.chosen,
            began_on=form.cleaned_data["began_on"],
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        saved=_("Saved. All members see it on the overview."),
        context={"changes": [(row, found.get(("phase", row.pk))) for row in changes]},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def words_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change the words that people see here, and the set of phases."""
    partnership = settings_membership(request, slug).partnership
    return settings_page(
        request,
        partnership,
        template="partnerships/words_edit.html",
        heading=_("Words"),
        make_form=lambda row: WordsForm(request, row),
        save=lambda form: actions.set_words(
            partnership=partnership,
            words=form.words,
            phases=form.phase_words,
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        saved=_("Saved. The words stand everywhere from now on."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def talk_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set the day of the next talk, with time and place in a line."""
    partnership = settings_membership(request, slug).partnership
    return settings_page(
        request,
        partnership,
        template="partnerships/talk_edit.html",
        heading=_("The next talk"),
        make_form=lambda row: TalkForm(request, row),
        save=lambda form: actions.set_talk(
            partnership=partnership,
            talk_on=form.cleaned_data["talk_on"],
            talk_words=form.cleaned_data["talk_words"],
            version=form.cleaned_data["version"],
            by=request.user,
        ),
        saved=_("Saved. It stands on the overview until the day is over."),
    )
