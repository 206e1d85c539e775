"""The "Start here" shelf: what is on it, and in which order."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships import actions
from partnerships.forms.lines import DeleteForm, ShelfForm
from partnerships.http import SignedInRequest
from partnerships.models import Partnership, ShelfItem
from partnerships.models.shelf import MOST_ON_SHELF
from partnerships.shelf import readable

from .saving import Lines, settings_membership, settings_page


@require_http_methods(["GET", "HEAD", "POST"])
def shelf_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what is on the shelf, and move a thing up or down."""
    partnership = settings_membership(request, slug).partnership
    items = list(partnership.shelf_items.select_related("partnership"))
    if request.method == "POST":
        for way in ("up", "down"):
            for item in items:
                if item.public_id == request.POST.get(way):
                    actions.move_on_shelf(item=item, up=way == "up", by=request.user)
        return redirect("partnerships:shelf-list", partnership.slug)
    context = {
        "partnership": partnership,
        "items": items,
        "openable": readable(request.reader, items),
        "is_full": len(items) >= MOST_ON_SHELF,
    }
    return render(request, "partnerships/shelf_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def shelf_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put something on the shelf."""
    partnership = settings_membership(request, slug).partnership
    return settings_page(
        request,
        partnership,
        template="partnerships/shelf_edit.html",
        heading=_("Put something on the shelf"),
        make_form=lambda row: ShelfForm(request, row),
        save=lambda form: actions.add_to_shelf(
            partnership=partnership, version=form.cleaned_data["version"], by=request.user, **form.words
        ),
        saved=_("It stands on the shelf."),
        done=_shelf(partnership),
        present=_on_the_shelf,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def shelf_edit(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Change a thing on the shelf. Where it was taken off meanwhile, what was typed puts it back."""
    partnership = settings_membership(request, slug).partnership
    found = partnership.shelf_items.select_related("partnership").filter(public_id=public_id)
    item = found.first()
    if item is None and request.method != "POST":
        raise Http404

    def save(form: ShelfForm) -> None:
        what = {**form.words, "version": form.cleaned_data["version"], "by": request.user}
        if item:
            actions.change_on_shelf(item=item, **what)
        else:
            actions.add_to_shelf(partnership=partnership, **what)

    return settings_page(
        request,
        partnership,
        template="partnerships/shelf_edit.html",
        heading=_("Change what is on the shelf"),
        make_form=lambda row: ShelfForm(request, row, found.first()),
        save=save,
        saved=_("Saved."),
        done=_shelf(partnership),
        context={"item": item},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def shelf_delete(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Take a thing off the shelf, after a page that names it."""
    item = _item_or_404(request, slug, public_id)
    return settings_page(
        request,
        item.partnership,
        template="partnerships/shelf_delete.html",
        heading=_("Take this off the shelf?"),
        make_form=lambda row: DeleteForm(request, row),
        save=lambda form: actions.take_off_shelf(item=item, version=form.cleaned_data["version"], by=request.user),
        saved=_("Taken off the shelf. The page it led to is untouched."),
        done=_shelf(item.partnership),
        present=_on_the_shelf,
        context={"item": item},
    )


def _shelf(partnership: Partnership) -> str:
    return reverse("partnerships:shelf-list", args=[partnership.slug])


def _item_or_404(request: SignedInRequest, slug: str, public_id: str) -> ShelfItem:
    partnership = settings_membership(request, slug).partnership
    item = partnership.shelf_items.select_related("partnership").filter(public_id=public_id).first()
    if item is None:
        raise Http404
    return item


def _on_the_shelf(partnership: Partnership) -> Lines:
    return [(item.title, item.address) for item in partnership.shelf_items.all()]
