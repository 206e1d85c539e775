"""What one says on research, and the studies that it is about."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desk.conflicts import overtaken
from partnerships.access import membership_or_404
from partnerships.actions.agreements import add_study, answer_research, change_study, end_study
from partnerships.forms.research import ResearchForm, StudyEditForm, StudyForm
from partnerships.http import SignedInRequest
from partnerships.models import ResearchAnswer, Study
from partnerships.permissions import Permission, may, require
from partnerships.reader import Reader
from partnerships.versions import StaleVersion


def _study_or_404(reader: Reader, public_id: str) -> Study:
    """Return a study of a partnership that the reader is in."""
    study = Study.objects.filter(public_id=public_id, partnership__in=reader.memberships).first()
    if study is None:
        raise Http404
    study.partnership = reader.memberships[study.partnership_id].partnership
    return study


@require_http_methods(["GET", "HEAD", "POST"])
def research_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say whether what one shares here may be used in research, beside the studies there are. Only oneself sees it."""
    membership = membership_or_404(request.reader, slug)
    given = membership.research_answers.current().first()
    initial = {"answer": given.answer if given else ResearchAnswer.Answer.NO}
    form = ResearchForm(
        request.POST if request.method == "POST" else None, initial=initial, use_required_attribute=False
    )
    if request.method == "POST" and form.is_valid():
        answer_research(partnership=membership.partnership, answer=form.cleaned_data["answer"], by=request.user)
        messages.success(request, _("Saved. Nobody else sees it, and you can change it at any time."))
        return redirect("partnerships:research-edit", slug)
    studies = list(membership.partnership.studies.defer("information"))
    context = {
        "partnership": membership.partnership,
        "form": form,
        "given": given,
        "running": [row for row in studies if not row.ended_at],
        "ended": [row for row in studies if row.ended_at],
        "may_add": may(membership, Permission.LOOK_AFTER_SETTINGS),
    }
    return render(request, "partnerships/research_edit.html", context, status=422 if form.errors else 200)


@require_safe
def study_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show a study, with its information sheet."""
    study = _study_or_404(request.reader, public_id)
    membership = request.reader.memberships[study.partnership_id]
    context = {
        "partnership": study.partnership,
        "study": study,
        "may_change": may(membership, Permission.LOOK_AFTER_SETTINGS),
    }
    return render(request, "partnerships/study_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def study_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a study that draws on the partnership."""
    membership = membership_or_404(request.reader, slug)
    require(membership, Permission.LOOK_AFTER_SETTINGS)
    form = StudyForm(request, partnership=membership.partnership)
    if request.method == "POST" and form.is_valid():
        try:
            study = add_study(
                partnership=membership.partnership,
                words=form.words(),
                key=form.cleaned_data["draft_key"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        except StaleVersion:
            form.begin_anew()
        else:
            return redirect("partnerships:study-detail", study.public_id)
    context = {"partnership": membership.partnership, "form": form}
    return render(request, "partnerships/study_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def study_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change what is said of a study; when somebody changed it meanwhile, what they saved is shown beside."""
    study = _study_or_404(request.reader, public_id)
    require(request.reader.memberships[study.partnership_id], Permission.LOOK_AFTER_SETTINGS)
    if study.ended_at and request.method != "POST":
        return redirect("partnerships:study-detail", public_id)
    form = StudyEditForm(request, study=study)
    context = {"partnership": study.partnership, "form": form, "study": study}
    if request.method == "POST" and form.is_valid():
        try:
            change_study(
                study=study,
                version=form.cleaned_data["version"] or 0,
                words=form.words(),
                key=form.cleaned_data["draft_key"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        except StaleVersion:
            saved = _study_or_404(request.reader, public_id)
            context |= overtaken(StudyEditForm(request, study=saved), version=saved.version)
            return render(request, "partnerships/study_edit.html", context, status=409)
        else:
            return redirect("partnerships:study-detail", public_id)
    return render(request, "partnerships/study_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def study_end(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say that a study has ended, after a page that says what that means."""
    study = _study_or_404(request.reader, public_id)
    require(request.reader.memberships[study.partnership_id], Permission.LOOK_AFTER_SETTINGS)
    if request.method == "POST":
        end_study(study=study, by=request.user)
    if request.method == "POST" or study.ended_at:
        return redirect("partnerships:study-detail", public_id)
    return render(request, "partnerships/study_end.html", {"partnership": study.partnership, "study": study})
