"""What is packed: all that the program opens, nothing else, and a description that stands by itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sweeps import properties

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RELATIVE = re.compile(r"\]\((?!https?:|#)")


@pytest.fixture
def hatch() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = project["tool"]["hatch"]
    return found


def test_every_folder_of_resources_is_packed_and_of_pictures_those_that_are_shown(
    hatch: dict[str, Any],
) -> None:
    packed = set(hatch["build"]["targets"]["wheel"]["force-include"])
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "resources" / "help").glob("*.md")]
    shown = {name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)", page)}
    others = {path.name for path in (ROOT / "resources").iterdir()} - {"pictures"}
    assert packed == {f"resources/{name}" for name in others} | {
        f"resources/pictures/{name}" for name in shown
    }
    assert all((ROOT / path).exists() for path in packed)


def test_the_description_leads_to_no_file_beside_it(hatch: dict[str, Any]) -> None:
    text = README
    for change in hatch["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]:
        text = re.sub(change["pattern"], change["replacement"], text)
    assert RELATIVE.search(README)
    assert not RELATIVE.search(text)
    assert "*The seed example at step 10 of 11:" in text


def test_every_relative_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_no_test_is_held_to_a_time_and_the_sweep_tries_more_examples() -> None:
    assert settings().deadline is None
    assert properties.PROFILE == "thorough"
    thorough = settings.get_profile(properties.PROFILE)
    assert thorough.deadline is None
    assert thorough.max_examples >= 1000


def test_the_package_says_that_it_carries_types() -> None:
    assert (ROOT / "nodegraph" / "py.typed").exists()
