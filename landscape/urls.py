"""The addresses of patterns."""

app_name = "landscape"

urlpatterns: list = []
