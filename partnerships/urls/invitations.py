from django.urls import path

from partnerships.views import invitations, invited, organisation_invitations, welcome

OF_PARTNERSHIP = "partnerships/<slug:slug>/people/invitations/"
OF_ORGANISATION = "organisations/<slug:public_id>/invitations/"

urlpatterns = [
    path(OF_PARTNERSHIP, invitations.invitation_list, name="invitation-list"),
    path(f"{OF_PARTNERSHIP}new/", invitations.invitation_new, name="invitation-new"),
    path(f"{OF_PARTNERSHIP}many/", invitations.invitation_import, name="invitation-import"),
    path(f"{OF_PARTNERSHIP}<slug:public_id>/again/", invitations.invitation_renew, name="invitation-renew"),
    path(f"{OF_PARTNERSHIP}<slug:public_id>/withdraw/", invitations.invitation_withdraw, name="invitation-withdraw"),
    path("partnerships/<slug:slug>/welcome/", welcome.partnership_welcome, name="partnership-welcome"),
    path(OF_ORGANISATION, organisation_invitations.organisation_invitation_list, name="organisation-invitation-list"),
    path(f"{OF_ORGANISATION}new/", organisation_invitations.organisation_invite, name="organisation-invite"),
    path(f"{OF_ORGANISATION}many/", organisation_invitations.organisation_import, name="organisation-import"),
    path(
        f"{OF_ORGANISATION}<slug:invitation>/again/",
        organisation_invitations.organisation_invitation_renew,
        name="organisation-invitation-renew",
    ),
    path(
        f"{OF_ORGANISATION}<slug:invitation>/withdraw/",
        organisation_invitations.organisation_invitation_withdraw,
        name="organisation-invitation-withdraw",
    ),
    # /invitations/<token>/: open to who is signed out, since the token is the secret of one mail.
    path("invitations/<slug:token>/", invited.invitation_detail, name="invitation-detail"),
    path("invitations/<slug:token>/accept/", invited.invitation_accept, name="invitation-accept"),
    path("invitations/<slug:token>/decline/", invited.invitation_decline, name="invitation-decline"),
]
