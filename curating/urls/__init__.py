"""The addresses of the library and of the timeline."""

from curating.timeline import urls as timeline

from . import library

app_name = "curating"

urlpatterns = [*library.urlpatterns, *timeline.urlpatterns]
