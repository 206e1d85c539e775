"""The same for what was folded and set aside."""

from records.models import Fold, SettingAside

from .breaking import NOW


def fold(cast, **columns):
    right = {"record": cast.sibling_note.record, "folded_by": cast.outsider, "folded_at": NOW}
    return Fold(**right | columns)


def aside(cast, **columns):
    right = {"record": cast.sibling_note.record, "by_order": False, "reason": "r", "set_aside_by": cast.outsider}
    return SettingAside(**right | {"set_aside_at": NOW} | columns)


BREAKING = {
    "records_fold_one_at_a_time": lambda cast: fold(cast, record=cast["folded_note"].record),
    "records_fold_ends_with_who_and_how": lambda cast: fold(cast, ended_at=NOW, end="edited"),
    "records_fold_put_back_with_a_reason": lambda cast: fold(
        cast, ended_at=NOW, ended_by=cast.outsider, end="put_back"
    ),
    "records_settingaside_once_from_each_side": lambda cast: aside(cast, record=cast["aside_note"].record),
    "records_settingaside_lifted_by_somebody": lambda cast: aside(cast, lifted_at=NOW),
    "records_settingaside_has_a_reason": lambda cast: aside(cast, reason=""),
}
