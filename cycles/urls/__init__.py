"""The addresses of cycles and activities, and of what is tried in them."""

from cycles.trying import urls as trying

from . import activities, cycles

app_name = "cycles"

urlpatterns = [
    *cycles.urlpatterns,
    *activities.urlpatterns,
    *trying.urlpatterns,
]
