"""What was measured for text of one size is measured again for another, and nothing lies on a button."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from nodegraph.app.features.outline.panel import Outline
from nodegraph.app.platform import style
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas.items import badges

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def usual_size_after() -> Iterator[None]:
    """Tests that follow find text as it was."""
    yield
    style.set_text_size(1.0)


def test_the_tabs_and_columns_below_the_canvas_grow_with_the_text(window: MainWindow) -> None:
    window.commands.run("view.outline")
    QApplication.processEvents()
    rows = window.findChild(Outline).rows
    before = rows.columnWidth(3)
    window.workspace.appearance.set_text_size(1.7)
    QApplication.processEvents()
    tabs = window.arrangement.sides.dock.panel.tabs
    assert tabs.width() >= tabs.sizeHint().width()
    assert rows.columnWidth(3) == pytest.approx(1.7 * before, abs=3)
    window.workspace.appearance.set_text_size(1.0)
    QApplication.processEvents()
    assert rows.columnWidth(3) == pytest.approx(before, abs=3)


def test_the_find_bar_lies_below_a_message_and_goes_up_when_that_is_closed(window: MainWindow) -> None:
    stage = window.stage
    window.resize(900, 700)
    stage.tell("Something is to be decided of a file with a long name.", buttons=[QPushButton("Do it")])
    QApplication.processEvents()
    stage.open_find()
    assert not stage.find.geometry().intersects(stage.banner.geometry())
    low = stage.find.y()
    stage.banner.hide()
    assert stage.find.y() < low


@pytest.mark.parametrize("size", [1.2, 1.7, 2.0])
@pytest.mark.parametrize(
    "example", ["articles/colah-e", "articles/mazur-2-2-2", "micrograd/micrograd-readme-g"]
)
def test_a_badge_is_not_behind_the_card_below_it_in_larger_text(
    window: MainWindow, example: str, size: float
) -> None:
    scene = window.workspace.canvas.graph_scene
    window.workspace.files.open_path(ROOT / "resources/examples" / f"{example}.nodegraph")
    window.workspace.appearance.set_text_size(size)
    cards = {item.node.id: scene.card_of(item.node.id) for item in scene.items_by_id.values()}
    found = 0
    for position in range(window.player.end + 1):
        window.player.seek(position)
        for node_id, card in cards.items():
            item, growth = scene.items_by_id[node_id], scene.showing.chips.badge_growth
            for _, rect in badges.placed_round(badges.patch_of(scene, node_id), item.shape_of_card, growth):
                found += 1
                place = item.mapRectToScene(rect)
                assert not [other for other in cards if other != node_id and cards[other].intersects(place)]
                numbers = item.mapRectToScene(item.shape_of_card.gradient_line.adjusted(0, 0, 0, -7))
                assert not numbers.intersects(place)
                assert card.bottom() < place.bottom()
    assert found > 2
