"""The house has floors (2-architecture, 2.3): a room knows only those beneath it, and none beside it on floor 4."""

import pytest
from django.apps import apps

from .code import ENTRANCE, FLOORS, PLUMBING, ROOT, imports_in, python_files, short

pytestmark = pytest.mark.once


def faults_in(path):
    """Say which imports of the file go up or sideways."""
    room = path.relative_to(ROOT).parts[0]
    faults = []
    for module, line in imports_in(path):
        other = module.partition(".")[0]
        if other == room or other not in {*FLOORS, PLUMBING}:
            continue
        if room == PLUMBING:
            if path.name not in ENTRANCE:
                faults.append(f"{short(path)}:{line} the plumbing imports {module}")
        elif other != PLUMBING and FLOORS[other] >= FLOORS[room]:
            faults.append(f"{short(path)}:{line} floor {FLOORS[room]} imports {module}, floor {FLOORS[other]}")
    return faults


@pytest.mark.parametrize("room", [*FLOORS, PLUMBING])
def test_imports_go_down_only(room):
    faults = [fault for path in python_files(room, migrations=True) for fault in faults_in(path)]
    assert not faults, "\n".join(sorted(set(faults)))


def test_every_app_of_ours_stands_on_a_floor():
    """A new room without a floor fails here, so that no room is left out of the walk above."""
    ours = {
        config.label
        for config in apps.get_app_configs()
        if str(config.path).startswith(f"{ROOT}/") and ".venv" not in str(config.path)
    }
    assert ours == set(FLOORS)


def test_nothing_of_ours_imports_the_tests():
    faults = [
        f"{short(path)}:{line}"
        for path in python_files(migrations=True)
        for module, line in imports_in(path)
        if module.partition(".")[0] == "tests"
    ]
    assert not faults


def test_the_check_sees_a_fault(tmp_path, monkeypatch):
    """It can fail: an import upward inside a function is found."""
    from . import code, test_floors

    room = tmp_path / "desk"
    room.mkdir()
    (room / "views.py").write_text("def view():\n    from records.models import Record\n")
    monkeypatch.setattr(code, "ROOT", tmp_path)
    monkeypatch.setattr(test_floors, "ROOT", tmp_path)
    assert faults_in(room / "views.py") == [
        "desk/views.py:2 floor 0 imports records.models, floor 3",
        "desk/views.py:2 floor 0 imports records.models.Record, floor 3",
    ]
