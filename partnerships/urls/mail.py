from django.urls import path

from partnerships.views import mail

urlpatterns = [
    path("account/mail/", mail.mail_edit, name="mail-edit"),
    path("unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
]
