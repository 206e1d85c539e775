"""The rules of who may read and do what, and the tests that hold each. A door that is added is found by its name."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.house.code import FLOORS, ROOT, python_files

from .clauses import rules_in

RULE = ("tests/access/test_rule_more.py", "tests/access/test_rule.py")
DOORS = ("tests/access/test_doors.py",)
REST = ("tests/access/test_rule_rest.py",)
PAGES = ("tests/access/test_doors_more.py",)
WORDS = ("tests/records/test_folding.py", "tests/records/test_setting_aside.py")
HELP = ("tests/records/test_suggestions.py", "tests/records/test_suggestions_taken.py")
PERMISSIONS: tuple[str, ...] = (*DOORS, "tests/partnerships/test_memberships.py")
MAILS = ("tests/desk/test_notices.py", "tests/desk/test_outbox.py")
# A module of which every function is a rule, or the names of those that are.
EVERYTHING = ("*",)
RULES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "records.models.record": (
        (
            "RecordQuerySet.visible_to",
            "RecordQuerySet._in_spaces_of",
            "RecordQuerySet._own_words_of",
            "RecordQuerySet.standing",
            "RecordQuerySet.with_words_for",
            "RecordQuerySet.noting_withheld",
            "RecordQuerySet.named_author",
            "RecordQuerySet.tagged",
            "RecordQuerySet.for_rows",
            "RecordQuerySet.for_rows_with_words",
            "Record.stands",
            "Record.is_by",
            "Record.words_withheld_from",
        ),
        (*RULE, *DOORS, *REST, *WORDS),
    ),
    "records.withholding": (EVERYTHING, (*RULE, *WORDS)),
    "records.access": (EVERYTHING, (*DOORS, *RULE)),
    "records.folding": (
        (
            "why_not_fold",
            "_looks_after_space",
            "stewards_in",
            "why_not_set_aside",
            "to_look_at",
        ),
        (*WORDS, *RULE, *REST),
    ),
    "records.models.attachment": (
        ("AttachmentQuerySet.visible_to", "AttachmentQuerySet.waiting", "AttachmentQuerySet.in_form"),
        (*DOORS, *PAGES, "tests/records/test_serving.py"),
    ),
    "records.suggestions": (
        ("people_to_ask", "question_or_404", "own_question_or_404", "to_look_at", "is_kept_from_helpers"),
        (*REST, *RULE, *DOORS, *HELP),
    ),
    "records.models.suggestion": (
        ("SuggestionQuerySet.open", "SuggestionQuerySet.standing", "_in_its_space"),
        (*REST, *RULE, *DOORS, *HELP),
    ),
    "partnerships.reader": (
        (
            "Reader.spaces",
            "Reader.memberships",
            "Reader.has_spaces_apart",
            "Reader.membership_in",
            "Reader.spaces_of",
        ),
        (*RULE, *DOORS),
    ),
    "partnerships.models.spaces": (("SpaceQuerySet.readable_by", "Space.members"), (*RULE, *DOORS)),
    "partnerships.models.stays": (("StayQuerySet.current", "Stay.is_current", "current_stay"), (*RULE, *DOORS)),
    "partnerships.models.memberships": (
        ("MembershipQuerySet.of", "MembershipQuerySet.with_duty"),
        (*DOORS, *RULE),
    ),
    "partnerships.access": (EVERYTHING, (*DOORS, *RULE)),
    "partnerships.permissions": (EVERYTHING, PERMISSIONS),
    # The doors of single pages.
    "partnerships.views.lines": ((), (*PAGES, "tests/partnerships/test_settings.py")),
    "partnerships.views.inviting": ((), ("tests/partnerships/test_invitations_over.py",)),
    "partnerships.views.people": ((), ("tests/partnerships/test_hand_over.py",)),
    "partnerships.views.research": ((), (*PAGES, "tests/partnerships/test_research.py")),
    "partnerships.views.shelf": ((), (*PAGES, "tests/partnerships/test_overview.py")),
    "partnerships.views.supervision": ((), ("tests/partnerships/test_supervision.py",)),
    "partnerships.supervision": ((), (*PAGES, "tests/partnerships/test_supervision.py")),
    "reflections.prompts.finding": ((), (*PAGES, "tests/reflections/test_prompts_own.py")),
    # Whether a mail may still go.
    "accounts.my_data.tasks": ((), PAGES),
    "desk.mail": ((), MAILS),
    "desk.notices": ((), (*DOORS, *PAGES, *MAILS)),
    "partnerships.invitations": ((), DOORS),
    "desk.models.drafts": (("DraftQuerySet.of", "DraftQuerySet.open"), DOORS),
    "desk.views": (("draft_detail", "draft_delete"), (*DOORS, *PAGES)),
}
# The heart of it, which is asked in each run of the tests: what everything else builds on.
HEART = (
    "records.models.record.RecordQuerySet.visible_to",
    "records.models.record.RecordQuerySet._in_spaces_of",
    "records.models.record.RecordQuerySet._own_words_of",
    "records.models.record.RecordQuerySet.with_words_for",
    "records.withholding.",
    "records.access.record_or_404",
    "records.access.own_record_or_404",
    "partnerships.models.spaces.SpaceQuerySet.readable_by",
    "partnerships.models.stays.current_stay",
    "partnerships.access.membership_or_404",
    "partnerships.access.space_or_404",
    "partnerships.permissions.may:",
)


def is_a_door(name: str) -> bool:
    """Say whether a function is a door, or a question whether somebody may: by its name."""
    return name.endswith("_or_404") or name.startswith("may_")


def rules() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give each rule, by module and name, with the tests that hold it."""
    for module in sorted({_module_of(path) for path in python_files(*FLOORS)} - {""}):
        names, tests = RULES.get(module) or ((), (*DOORS, *tests_of(module.partition(".")[0])))
        for name, _source in rules_in(module):
            if names == EVERYTHING or name in names or is_a_door(name):
                yield module, name, tests


def tests_of(app: str) -> list[str]:
    """Give the tests of an app, for a door that nobody has said more about; but for those that wait for each other."""
    files = sorted((ROOT / "tests" / app).rglob("test_*.py"))
    return [str(file.relative_to(ROOT)) for file in files if not file.stem.endswith(("_at_once", "_smtp", "_s3"))]


def _module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "" if "management" in parts else ".".join(parts).removesuffix(".__init__")


def named_files() -> list[str]:
    """Give every file of tests that any rule is held by."""
    found = [*PERMISSIONS, *(file for _module, _name, files in rules() for file in files)]
    return list(dict.fromkeys(found))


def names_that_are_none() -> list[str]:
    """Give what is named here, and is not in its module any more."""
    return [
        f"{module}.{name}"
        for module, (names, _tests) in RULES.items()
        if names != EVERYTHING
        for name in set(names) - {found for found, _source in rules_in(import_module(module).__name__)}
    ]
