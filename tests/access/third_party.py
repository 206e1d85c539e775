"""The declared pages of allauth and of Django's admin: each by name, and who gets in.

What they do is tested by those who make them, and in tests/accounts; here it counts that none is forgotten.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """Pages that are alike: who gets them, and what stands in their place-holders."""

    names: tuple[str, ...]
    who: str  # "open", "signed in" or "site admin"
    args: tuple = ()


ALLAUTH = (
    Group(
        (
            "account_login",
            "account_logout",
            "account_inactive",
            "account_signup",
            "account_email_verification_sent",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "account_confirm_login_code",
            "mfa_authenticate",
            "mfa_login_webauthn",
        ),
        "open",
    ),
    Group(("account_confirm_email",), "open", ("no-such-key",)),
    Group(("account_reset_password_from_key",), "open", ("1", "no-such-key")),
    Group(
        (
            "account_reauthenticate",
            "account_email",
            "account_change_password",
            "account_set_password",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn",
            "usersessions_list",
        ),
        "signed in",
    ),
    Group(("mfa_remove_webauthn", "mfa_edit_webauthn"), "signed in", (1,)),
)
# The models that a site admin looks after. Another one is another decision, to be made here.
ADMIN_MODELS = ("desk_outbox", "desk_auditevent", "accounts_user")
ADMIN = (
    Group(("admin:login",), "open"),
    Group(
        (
            "admin:index",
            "admin:logout",
            "admin:password_change",
            "admin:password_change_done",
            "admin:autocomplete",
            "admin:jsi18n",
            *(f"admin:{model}_changelist" for model in ADMIN_MODELS),
            *(f"admin:{model}_add" for model in ADMIN_MODELS),
        ),
        "site admin",
    ),
    Group(
        tuple(f"admin:{model}_{verb}" for model in ADMIN_MODELS for verb in ("history", "delete", "change")),
        "site admin",
        (1,),
    ),
    Group(("admin:app_list",), "site admin", ("accounts",)),
    Group(("admin:view_on_site",), "site admin", (1, 1)),
)
# Without a name of their own: the redirect from an object's old address, and "everything else" of the admin.
NAMELESS = {"admin:None"}
GROUPS = (*ALLAUTH, *ADMIN)
NAMES = {name for group in GROUPS for name in group.names} | NAMELESS
