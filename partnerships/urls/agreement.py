from django.urls import path

from partnerships.views import agreement, research

urlpatterns = [
    # /partnerships/<slug>/agreement/
    path("partnerships/<slug:slug>/agreement/", agreement.agreement_detail, name="agreement-detail"),
    path("partnerships/<slug:slug>/agreement/edit/", agreement.agreement_edit, name="agreement-edit"),
    path("partnerships/<slug:slug>/agreement/adopt/", agreement.agreement_adopt, name="agreement-adopt"),
    path("partnerships/<slug:slug>/agreement/accept/", agreement.agreement_accept, name="agreement-accept"),
    path("partnerships/<slug:slug>/agreement/<slug:public_id>/", agreement.agreement_version, name="agreement-version"),
    # /partnerships/<slug>/research/
    path("partnerships/<slug:slug>/research/", research.research_edit, name="research-edit"),
    path("partnerships/<slug:slug>/studies/new/", research.study_new, name="study-new"),
    # /studies/<id>/
    path("studies/<slug:public_id>/", research.study_detail, name="study-detail"),
    path("studies/<slug:public_id>/edit/", research.study_edit, name="study-edit"),
    path("studies/<slug:public_id>/end/", research.study_end, name="study-end"),
]
