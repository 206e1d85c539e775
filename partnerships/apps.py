from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    """Who learns with whom, in which role, and in which spaces."""

    name = "partnerships"

    def ready(self):
        """Tell sign-in that people with duties are not kept signed in, and open the rooms that each has."""
        from accounts import duties

        from .models import Membership
        from .permissions import administers

        duties.register(lambda person: Membership.objects.of(person).current().with_duty().exists())
        duties.register(administers)
        _open_rooms()
        _ask_about_invitations()
        _ask_to_agree()
        _ask_about_admissions()
        _my_data()
        _look_back()


def _look_back() -> None:
    """Register what is done here in words, and the page on which those who look after a partnership look back on it."""
    from desk import deeds as desk_deeds

    from . import deeds, settings_pages

    desk_deeds.register(deeds.WORDS, deeds.ADDRESSES)
    settings_pages.register(
        settings_pages.SettingsPage(
            label=_("What changed"),
            line=_("Who came, went and took on which duty, and when."),
            url_name="partnerships:grant-list",
        )
    )


def _ask_about_invitations() -> None:
    """Have the mail of an invitation asked, as it goes, whether it can still be accepted; and its lists keep drafts."""
    from desk import drafts, mail

    from . import invitations

    mail.register_check(invitations.KIND_OF_MAIL, invitations.may_go)
    for name in ("invitation-import", "organisation-import"):
        drafts.register(
            drafts.DraftForm(
                name=name,
                url_name=f"partnerships:{name}",
                label=_("A list of people to invite"),
                takes_about=True,
                words="people",
            )
        )


def _ask_about_admissions() -> None:
    """Have people asked, on home and by mail, whether they come into a space, and whether others may."""
    from desk import notices

    from . import admission_news, asked

    asked.register(admission_news.asked_of, perhaps=admission_news.perhaps_to_answer)
    notices.register("asked_in", admission_news.asked_in_line)
    notices.register("admission", admission_news.inside_line)


def _open_rooms() -> None:
    """Register the rooms that each partnership has from here, and the forms of its settings that keep drafts."""
    from desk import drafts

    from . import rooms, shelf
    from .permissions import Permission
    from .reader import Reader

    overview = "partnerships:partnership-detail"
    rooms.register(rooms.Room(key="overview", label=_("Overview"), url_name=overview, order=10))
    rooms.register(rooms.Room(key="people", label=_("People"), url_name="partnerships:people-list", order=80))
    rooms.register(
        rooms.Room(
            key="spaces",
            label=_("Spaces"),
            url_name="partnerships:space-list",
            order=90,
            always=False,
            line=_("Talk in a smaller circle: among peers, across the power line, or two of you alone."),
            needed=Reader.has_spaces_apart,
        )
    )
    rooms.register(
        rooms.Room(
            key="settings",
            label=_("Settings"),
            url_name="partnerships:settings-detail",
            order=95,
            permission=Permission.LOOK_AFTER_SETTINGS,
        )
    )
    shelf.register(shelf.pages_of_partnerships)
    drafts.register(
        drafts.DraftForm(
            name="partnership", url_name="partnerships:partnership-new", label=_("A new partnership"), words="purpose"
        )
    )
    for name, label, words in (
        ("purpose-edit", _("A change to a purpose"), "purpose"),
        ("intentions-edit", _("What we set out to do"), "intention"),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"partnerships:{name}", label=label, takes_about=True, words=words)
        )
    for name, url_name in (("participation", "participation-new"), ("participation-edit", "participation-edit")):
        drafts.register(
            drafts.DraftForm(
                name=name,
                url_name=f"partnerships:{url_name}",
                label=_("How an organisation takes part"),
                takes_about=True,
                words=("in_words", "hopes_to_learn", "brings", "cannot_promise", "approach"),
            )
        )


def _ask_to_agree() -> None:
    """Register what the group agreement asks, and the forms around it that keep drafts."""
    from desk import drafts, notices

    from . import agreements, asked

    asked.register(agreements.asked_to_accept)
    notices.register(agreements.NOTICE, agreements.notice_of)
    for name, url_name, label, words in (
        ("agreement", "agreement-edit", _("The draft of a group agreement"), "text"),
        ("study", "study-new", _("A new study"), "information"),
        ("study-edit", "study-edit", _("A change to a study"), "information"),
        ("concern", "concern-new", _("A worry about how a partnership is run"), "text"),
    ):
        drafts.register(
            drafts.DraftForm(name=name, url_name=f"partnerships:{url_name}", label=label, takes_about=True, words=words)
        )


def _my_data() -> None:
    """Say what of places goes into an export, and what becomes of memberships when somebody is erased."""
    from accounts.my_data import erasing, exporting

    from . import my_data

    erasing.register(my_data.ERASING)
    exporting.register(my_data.EXPORTING)
