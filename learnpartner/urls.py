"""The site map. Each app holds the addresses of its own room."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("home.urls")),
    path("", include("partnerships.urls")),
    path("", include("records.urls")),
    path("", include("reflections.urls")),
    path("", include("convening.urls")),
    path("", include("cycles.urls")),
    path("", include("conversing.urls")),
    path("", include("curating.urls")),
    path("", include("landscape.urls")),
    path("", include("desk.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "home.views.bad_request"
handler403 = "home.views.permission_denied"
handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
