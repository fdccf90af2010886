"""The sweep that tries the lowest versions which pyproject.toml allows."""

import sys

import pytest

from setup_environment import ROOT
from setup_environment.reporting import Stopped

sys.path.insert(0, str(ROOT / "scripts" / "sweeps"))

import oldest


def test_a_range_is_held_to_its_lowest_version_and_keeps_its_marker():
    ranges = ["numpy>=2.0", 'PySide6-Essentials>=6.11,<6.12; python_version < "3.12"']
    assert list(oldest.pinned(ranges)) == [
        "numpy==2.0",
        'PySide6-Essentials==6.11; python_version < "3.12"',
    ]


@pytest.mark.parametrize("requirement", ["numpy", "numpy<3", "numpy!=2.1", "numpy~=2.0"])
def test_a_requirement_without_a_floor_is_told(requirement):
    with pytest.raises(Stopped, match="no lowest version"):
        list(oldest.pinned([requirement]))


def test_every_requirement_of_the_project_has_a_floor():
    wanted = oldest.floors((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert len(wanted) >= 9
    assert all("==" in requirement.partition(";")[0] for requirement in wanted)
