"""The guide: its pages are found, its links lead somewhere, and every part of the window has a page."""

from __future__ import annotations

import re

import pytest

from nodegraph import resources
from nodegraph.app.features.guide import pages


def test_every_file_of_the_guide_is_a_page_and_the_other_way_round() -> None:
    assert {path.stem for path in resources.path("help").glob("*.md")} == set(pages.NAMES)


@pytest.mark.parametrize("page", pages.NAMES)
def test_links_and_pictures_of_a_page_lead_to_what_is_shipped(page: str) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", pages.text_of(page))
    local = [target for target in targets if not target.startswith("https://")]
    for target in local:
        assert resources.path("help", *target.split("/")).resolve().is_file(), target


@pytest.mark.parametrize("page", pages.NAMES)
def test_a_page_starts_with_its_only_main_heading(page: str) -> None:
    text = re.sub(r"^```.*?^```", "", pages.text_of(page), flags=re.M | re.S)
    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, re.M)) == 1


def test_the_place_about_each_part_of_the_window_is_there() -> None:
    for page, section in pages.TOPICS.values():
        assert section in ["", *(part.title for part in pages.sections_of(page))]


def test_the_innermost_part_that_has_a_page_decides() -> None:
    assert pages.topic(["training.column", "training", "workbench", "window"]) == ("train", "")
    assert pages.topic(["note_field", "canvas"]) == ("build", "Groups and notes")
    assert pages.topic(["window"]) == ("first-steps", "")


def test_a_search_wants_every_word_and_puts_titles_first() -> None:
    assert pages.found("predict")[0].title == "Predict"
    assert {hit.page for hit in pages.found("CSV")} >= {"train"}
    assert pages.found("gradient xylophone") == []
    assert pages.found("   ") == []


def test_comments_in_code_are_no_headings() -> None:
    assert [part.title for part in pages.sections_of("python")] == ["In Python", "From a running program"]
