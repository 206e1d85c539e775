from django.urls import path

from partnerships.views import overview

urlpatterns = [
    path("partnerships/", overview.partnership_list, name="partnership-list"),
    # /partnerships/<slug>/
    path("partnerships/<slug:slug>/", overview.partnership_detail, name="partnership-detail"),
]
