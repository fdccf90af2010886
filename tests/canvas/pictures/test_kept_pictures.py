"""What is kept as pictures looks on the screen as if it were painted directly, whatever has happened."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QApplication, QLabel, QStyleOptionGraphicsItem, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.edge_kinds import EdgeStyle
from nodegraph.canvas.drawing.theme import DARK, LIGHT
from nodegraph.canvas.items import edge_picture, far_layer
from nodegraph.canvas.items.far_layer import FarLayer
from nodegraph.canvas.items.node_item import Mark, NodeItem
from nodegraph.canvas.pictures import kept, pieces
from nodegraph.canvas.pictures.kept import KeptPictures
from nodegraph.canvas.pictures.pixels import Grid, draw_at
from nodegraph.canvas.pictures.sheet import BEYOND, Sheet
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.viewport import step_changes
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from tests.canvas.conftest import Hand

MakeHand = Callable[[Graph], Hand]

SPECKS = 12
"""Pixels that may differ more than Qt's smooth lines do as a rule, where several lie over each other."""


def some_graph(count: int = 90) -> Graph:
    return graph_of(random_shape(count, seed=3), placed=True)


def screen_of(hand: Hand) -> NDArray[np.int16]:
    """What stands on the canvas now, without painting anything for it, once nothing waits any more."""
    hand.settle()
    QApplication.processEvents()
    image = hand.view.screen().grabWindow(hand.view.winId()).toImage()
    return pixels_of(image)


def pixels_of(image: QImage) -> NDArray[np.int16]:
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return np.array(image.constBits(), dtype=np.int16).reshape(-1, 4)


def direct_screen(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> NDArray[np.int16]:
    """The same, all of it painted directly."""
    far = FarLayer.paint
    with monkeypatch.context() as patch:
        patch.setattr(edge_picture, "MOST_DIRECT", 10**9)
        patch.setattr(hand.scene.pictures, "is_on", False)
        patch.setattr(FarLayer, "paint", lambda self, brush, option, _widget: far(self, brush, option))
        hand.view.viewport().repaint()
        return screen_of(hand)


def differing(a: NDArray[np.int16], b: NDArray[np.int16], shades: int = 48) -> int:
    """How many pixels differ by more than so many shades of 255: Qt's thin smooth lines come out up to some
    30 paler or darker where a part of them is painted.
    """
    # Nearly all pixels are alike, which is seen from their four numbers at once.
    unlike = (a.view(np.int64) != b.view(np.int64))[:, 0]
    return int((np.abs(a[unlike] - b[unlike]).max(axis=1, initial=0) > shades).sum())


class Acts:
    """What can happen to a canvas, each chosen by chance."""

    def __init__(self, hand: Hand, chance: random.Random) -> None:
        self.hand, self.chance = hand, chance
        self.view, self.scene = hand.view, hand.scene
        self._made: list[Change] = []
        self.trace = run(self.scene.graph)
        self.show_a_frame()

    def make(self, change: Change) -> None:
        self.hand.apply(change)
        self._made.append(change)
        self.trace = run(self.scene.graph)
        self.show_a_frame()

    def any_node(self) -> str:
        return self.chance.choice(sorted(self.scene.items_by_id))

    def pan(self) -> None:
        way = QPointF(self.chance.randint(-90, 90), self.chance.randint(-60, 60)) / self.view.zoom
        self.view.set_center(self.view.center() + way)

    def zoom(self) -> None:
        self.view.set_zoom(self.chance.choice([0.15, 0.3, 0.55, 0.62, 1.0, 1.3]))

    def show_a_frame(self) -> None:
        self.view.show_frame(self.trace.frame(self.chance.randrange(len(self.trace.steps) + 1)))

    def type_a_value(self) -> None:
        leaf = self.chance.choice([node.id for node in self.scene.graph.nodes() if node.op == "input"])
        self.hand.apply(edits.set_value(self.scene.graph, leaf, self.chance.uniform(-2, 2)))
        self.trace = run(self.scene.graph)
        self.show_a_frame()

    def move_a_card(self) -> None:
        item = self.scene.items_by_id[self.any_node()]
        place = item.pos() + QPointF(self.chance.randint(-40, 40), self.chance.randint(-40, 40))
        self.hand.apply(edits.move(self.scene.graph, {item.node.id: (place.x(), place.y())}))

    def delete_a_node(self) -> None:
        self.make(edits.remove(self.scene.graph, [self.any_node()]))

    def cut_edges(self) -> None:
        keys = sorted(edge.key for edge in self.scene.graph.edges())
        self.make(edits.disconnect(self.scene.graph, self.chance.sample(keys, 2)))

    def take_back(self) -> None:
        if self._made:
            self.hand.apply(self._made.pop().inverse())
            self.trace = run(self.scene.graph)
            self.show_a_frame()

    def select(self) -> None:
        nodes = self.chance.sample(sorted(self.scene.items_by_id), 3)
        self.scene.select(nodes, self.chance.sample(sorted(self.scene.edge_layer.rows.keys), 2))

    def hold_edges(self) -> None:
        keys = sorted(self.scene.edge_layer.rows.keys)
        self.scene.showing.hold(self.chance.sample(keys, self.chance.choice([0, 3])))

    def point_at_edges(self) -> None:
        self.scene.showing.light(self.chance.sample(sorted(self.scene.edge_layer.rows.keys), 2))

    def change_colours(self) -> None:
        self.scene.set_theme(self.chance.choice([LIGHT, DARK]))

    def change_edges(self) -> None:
        style = EdgeStyle(self.chance.choice(["curved", "right-angled"]), self.chance.choice([True, False]))
        self.scene.placement.set_style(style)

    def enlarge_type(self) -> None:
        self.scene.set_text_scale(self.chance.choice([1.0, 1.25]))

    def do_something(self) -> str:
        acts = [name for name in vars(Acts) if not name.startswith(("_", "any", "do", "make"))]
        name = self.chance.choice(acts)
        getattr(self, name)()
        return name


class Painted(QObject):
    """What of a widget is painted from now on."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region |= event.region()
        return False


@pytest.mark.parametrize(("seed", "count"), [(0, 15), (1, 15), (2, 15), (8, 16), (9, 17), (22, 4)])
def test_after_anything_the_screen_is_as_if_painted_directly(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch, seed: int, count: int
) -> None:
    hand = make_hand(some_graph(40))
    hand.view.resize(640, 420)
    hand.view.minimap.set_wanted(False)  # it comes a moment later
    acts, done = Acts(hand, random.Random(seed)), []
    for _ in range(count):
        done.append(acts.do_something())
        QApplication.processEvents()
        if acts.chance.random() < 0.6:
            for _ in range(len(done) % 3):  # a picture serves from the second time on
                hand.view.viewport().repaint()
            shown = screen_of(hand)
            assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS, done


def test_after_scrubbing_nothing_shines_through_of_how_edges_looked(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = make_hand(some_graph(40))
    hand.view.minimap.set_wanted(False)
    hand.scene.set_theme(DARK)
    hand.view.set_zoom(0.43)
    hand.view.set_center(hand.scene.graph_rect().center())
    trace = run(hand.scene.graph)
    last = trace.forward_steps
    for first, step in ((last, -3), (last - 2, -2), (last // 2, 3)):
        for position in range(first, 0 if step < 0 else last, step):
            hand.view.show_frame(trace.frame(position))
            QApplication.processEvents()
        shown = screen_of(hand)
        assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS


@pytest.mark.parametrize("seed", range(2))
def test_while_a_card_is_dragged_the_screen_is_as_if_painted_directly(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    hand, chance = make_hand(some_graph(60)), random.Random(seed)
    hand.view.minimap.set_wanted(False)
    hand.view.set_reduced_motion(True)
    hand.show_step()
    for _ in range(2):
        hand.view.viewport().repaint()
    seen = hand.view.seen().adjusted(150, 150, -150, -150)
    item = chance.choice([item for item in hand.scene.items_by_id.values() if seen.contains(item.card)])
    place = hand.header(item.node.id)
    hand.press(place)
    for _ in range(6):
        place += QPointF(chance.randint(-60, 60), chance.randint(-60, 60))
        # With Alt it is only moved; else an edge below may light up a moment later, between two screens.
        hand.move(place, Qt.KeyboardModifier.AltModifier)
        shown = screen_of(hand)
        assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS
    hand.release(place)
    shown = screen_of(hand)
    assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS


def test_what_is_panned_is_copied_where_nothing_lies_over_it(make_hand: MakeHand) -> None:
    hand = make_hand(some_graph())
    hand.view.minimap.set_wanted(False)
    over = QLabel("lies over the view", hand.view)
    over.setGeometry(300, 200, 120, 30)
    over.show()
    QApplication.processEvents()
    painted = Painted(hand.view.viewport())
    hand.view.set_center(hand.view.center() + QPointF(20, 0))
    QApplication.processEvents()
    area = sum(rect.width() * rect.height() for rect in painted.region)
    assert 0 < area < 0.2 * hand.view.viewport().width() * hand.view.viewport().height()


def test_edges_that_are_panned_are_drawn_where_they_come_into_view_alone(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge_picture, "MOST_DIRECT", 0)
    hand = make_hand(some_graph())
    for _ in range(2):  # the second time a picture is made
        hand.view.viewport().repaint()
    drawn: list[float] = []
    whole = edge_picture.EdgePicture._draw_still

    def draw(self: edge_picture.EdgePicture, painter: QPainter, *rest: object, **more: object) -> None:
        clip = painter.clipRegion()
        drawn.append(sum(rect.width() * rect.height() for rect in clip))
        whole(self, painter, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(edge_picture.EdgePicture, "_draw_still", draw)
    high = hand.view.viewport().height() + 2 * BEYOND
    for pan, most in ((BEYOND - 10, 0), (20, 2 * BEYOND + 10), (2 * BEYOND - 9, 0), (-60, 0), (-50, 0)):
        drawn.clear()
        hand.view.set_center(hand.view.center() + QPointF(pan, 0) / hand.view.zoom)
        hand.view.viewport().repaint()
        assert bool(drawn) == bool(most), pan
        assert sum(drawn) <= most * (high + 1)


def test_cards_and_chips_that_look_the_same_are_drawn_once(make_hand: MakeHand) -> None:
    hand = make_hand(some_graph())
    hand.show_step()
    for _ in range(3):
        hand.view.viewport().repaint()
    pictures, drawn = hand.scene.pictures, []
    assert (
        len(pictures) >= len(hit_test.cards_in(hand.scene, hand.view.seen().adjusted(60, 60, -60, -60))) > 0
    )
    whole = NodeItem._draw

    def draw(self: NodeItem, *rest: object, **more: object) -> None:
        drawn.append(self.node.id)
        whole(self, *rest, **more)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NodeItem, "_draw", draw)
        hand.view.viewport().repaint()
        assert not drawn
        shown = hit_test.cards_in(hand.scene, hand.view.seen())[0].node.id
        hand.scene.select([shown])
        hand.view.viewport().repaint()
        assert set(drawn) == {shown}


def test_cards_are_asked_what_they_look_like_when_that_may_have_changed_alone(make_hand: MakeHand) -> None:
    hand, asked = make_hand(some_graph()), []
    hand.show_step()
    for _ in range(2):  # the first time a card is not asked
        hand.view.viewport().repaint()
    found = NodeItem._plain_look

    def find(self: NodeItem, *rest: object) -> tuple[object, ...]:
        asked.append(self.node.id)
        return found(self, *rest)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NodeItem, "_plain_look", find)
        shown = [
            item for item in hand.scene.items_by_id.values() if not item.mark & Mark.ACTIVE and item._shown
        ]
        hand.view.set_center(hand.view.center() + QPointF(10, 0))
        hand.view.viewport().repaint()
        assert not {item.node.id for item in shown} & set(asked)
        hand.scene.select([shown[0].node.id])
        hand.view.viewport().repaint()
        assert shown[0].node.id in asked
        assert shown[1].node.id not in asked
        hand.scene.update()
        hand.view.viewport().repaint()
        assert shown[1].node.id in asked
        asked.clear()
        was, trace = hand.scene.active_nodes, hand.scene.frame.trace
        hand.scene.set_frame(trace.frame(1))
        hand.view.viewport().repaint()
        changed = [item for item in shown if item.node.id not in was | hand.scene.active_nodes]
        assert changed
        assert not {item.node.id for item in changed} & set(asked)


def test_cards_are_asked_what_they_look_like_only_once_they_are_painted_again(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    look = NodeItem._look
    monkeypatch.setattr(
        NodeItem, "_look", lambda item, scene, scale: asked.append(item.node.id) or look(item, scene, scale)
    )
    hand = make_hand(some_graph(20))
    hand.scene.pictures.clear()
    hand.view.viewport().repaint()
    asked.clear()
    hand.scene.set_graph(some_graph(30))
    hand.view.fit()
    hand.view.viewport().repaint()
    assert (asked, len(hand.scene.pictures)) == ([], 0)
    hand.view.viewport().repaint()
    assert len(set(asked)) == len(hand.scene.pictures) == 30


def test_cards_seen_from_far_away_are_drawn_where_they_differ_alone(make_hand: MakeHand) -> None:
    words, written = far_layer.paint_words, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(far_layer, "paint_words", lambda *told: (written.append(told[2].node.id), words(*told)))
        hand = make_hand(some_graph())
        hand.view.set_zoom(0.15)
        for _ in range(3):
            hand.view.viewport().repaint()
        chosen = written[0]
        written.clear()
        hand.view.viewport().repaint()
        assert not written
        hand.scene.select([chosen])
        hand.view.viewport().repaint()
        assert chosen in written
        assert len(written) <= 3  # its neighbours lie beneath its frame


def test_cards_that_come_or_go_far_away_are_drawn_alone(make_hand: MakeHand) -> None:
    graph, drawn = some_graph(), []
    hand = make_hand(graph)
    hand.view.set_zoom(0.1)
    hand.scene.set_frame(run(graph).last_frame)
    for _ in range(3):
        hand.view.viewport().repaint()
    draw = hand.scene.far_layer._draw
    node = graph.nodes()[len(graph) // 2]
    hand.scene.select([graph.nodes()[0].id])
    hand.view.viewport().repaint()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            hand.scene.far_layer,
            "_draw",
            lambda brush, part, *told: (
                drawn.extend(hand.scene.far_layer.touched(part)),
                draw(brush, part, *told),
            ),
        )
        came = edits.add_node(graph, "input", node.x - 20.0, node.y - 20.0)
        for change in (came, came.inverse(), came):
            for _ in range(3):
                hand.view.viewport().grab()
            drawn.clear()
            graph.apply(change)
            hand.scene.apply(change)
            hand.scene.set_frame(run(graph).last_frame)
            mended = hand.view.viewport().grab().toImage()
            assert len(drawn) < len(graph) / 2
            hand.scene.far_layer.show_rows(hand.scene.far_layer.rows)
            assert hand.view.viewport().grab().toImage() == mended


def test_a_thing_that_moves_by_a_part_of_a_pixel_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures, drawn, canvas = KeptPictures(), [], QPixmap(200, 200)
    monkeypatch.setattr(kept, "SMALL_BYTES", 0)
    with QPainter(canvas) as painter:
        for left in (10.0, 10.0, 10.0, 10.3, 10.3, 10.3, 30.3, 30.3):
            painter.resetTransform()
            pictures.paint(
                painter, "chip", QRectF(left, 10, 20, 9), "+1", lambda _, at=left: drawn.append(at)
            )
    assert drawn == [10.0, 10.0, 10.3, 10.3]  # painted, made a picture; at whole pixels further it serves


def test_a_thing_that_looks_as_it_did_a_few_looks_ago_is_not_drawn_again() -> None:
    pictures, drawn, canvas, box = KeptPictures(), [], QPixmap(200, 200), QRectF(0, 0, 20, 9)
    with QPainter(canvas) as painter:
        for look in ("a", "b", "a", "c", "d", "b", "e", "c", "a"):  # small, so each is a picture at once
            pictures.paint(painter, "chip", box, look, lambda _, now=look: drawn.append(now))
    assert drawn == ["a", "b", "a", "c", "d", "e", "a"]  # what is painted first is no picture yet
    assert len(pictures) == kept.MOST_LOOKS


def test_a_thing_becomes_a_picture_when_it_is_painted_again_however_small() -> None:
    pictures, canvas, box = KeptPictures(), QPixmap(200, 200), QRectF(0, 0, 20, 9)
    with QPainter(canvas) as painter:
        for look, count in (("a", 0), ("b", 1), ("b", 1), ("a", 2)):
            pictures.paint(painter, "chip", box, look, lambda _: None)
            assert len(pictures) == count


def test_pictures_take_no_more_than_their_bound() -> None:
    pictures = KeptPictures(most_bytes=10_000)
    canvas, box = QPixmap(200, 200), QRectF(0, 0, 20, 20)
    with QPainter(canvas) as painter:
        for name in range(40):
            for _ in range(3):
                pictures.paint(painter, name, box, "plain", lambda brush: brush.drawRect(box))
                assert pictures.bytes <= 10_000
    assert len(pictures) == 6  # of 1,600 bytes each


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_a_picture_is_the_same_as_painting_at_any_ratio_of_pixels(ratio: float) -> None:
    def draw(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#204060"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(QRectF(3.3, 2.6, 31.4, 17.2), 5, 5)

    shots, pictures = [], KeptPictures()
    for _ in range(3):  # painted, made a picture, copied
        image = QImage(round(80 * ratio), round(60 * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor("#F7F8FA"))
        with QPainter(image) as painter:
            painter.translate(7, 5)
            painter.scale(1.1, 1.1)
            pictures.paint(painter, "card", QRectF(0, 0, 40, 25), "plain", draw)
        shots.append(pixels_of(image))
    assert len(pictures) == 1
    assert np.abs(shots[0] - shots[1]).max() <= 1  # of 255, where an edge is smoothed
    assert (shots[1] == shots[2]).all()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_on_a_sheet_things_are_painted_as_near_and_as_sharp_as_without(ratio: float) -> None:
    sheet, shots, nearness = Sheet(), [], set()

    def draw(painter: QPainter, _rect: QRectF) -> None:
        nearness.add(round(QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform()), 9))
        painter.setPen(QPen(QColor("#204060"), 0.3))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(QRectF(3.3, 2.6, 31.4, 17.2), 5, 5)

    for way in (0, 0, 0, 20 / ratio):  # painted, made a picture, copied, and copied with what has come in
        image = QImage(round(80 * ratio), round(60 * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor("#F7F8FA"))
        with QPainter(image) as painter:
            painter.translate(7 - way, 5)
            painter.scale(1.1, 1.1)
            sheet.paint(painter, (QSize(80, 60), QRectF(-9, -9, 99, 99)), "plain", (), draw)
        shots.append(pixels_of(image).reshape(image.height(), image.width(), 4))
    assert nearness == {1.1}
    assert np.abs(shots[0] - shots[1]).max() <= 3  # of 255, where a line is smoothed
    assert (shots[1] == shots[2]).all()
    assert (shots[3][:, :-20] == shots[2][:, 20:]).all()


class Copying(QWidget):
    """Copies one picture, and notes of how many rectangles the part is that Qt copies at a time."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.picture, self.parts = QPixmap(64, 64), list[int]()
        for part, ink in enumerate(("#204060", "#D04020", "#20A060", "#80808080")):
            with QPainter(self.picture) as painter:
                painter.fillRect(part % 2 * 32, part // 2 * 32, 32, 32, QColor(ink))

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawn = QPainter.drawPixmap

        def draw(painter: QPainter, *rest: object) -> None:
            there = painter.paintEngine().systemClip()
            if painter.hasClipping():
                there &= painter.deviceTransform().map(painter.clipRegion())
            self.parts.append(there.rectCount())
            drawn(painter, *rest)  # type: ignore[call-overload]

        with QPainter(self) as painter, pytest.MonkeyPatch.context() as patch:
            patch.setattr(QPainter, "drawPixmap", draw)
            painter.translate(3, 5)
            grid = Grid.of(painter)
            assert grid is not None
            draw_at(painter, grid, round(grid.left), round(grid.top), self.picture)


def test_where_several_parts_of_a_view_are_painted_a_picture_is_copied_into_one_after_the_other(
    qtbot: QtBot,
) -> None:
    around = QWidget()
    around.resize(200, 160)
    copying = Copying(around)
    copying.setGeometry(10, 20, 120, 100)
    qtbot.addWidget(around)
    around.show()
    QApplication.processEvents()
    whole = around.screen().grabWindow(around.winId()).toImage()
    copying.parts.clear()
    copying.update(QRegion(0, 0, 30, 30) | QRegion(40, 20, 50, 20) | QRegion(10, 50, 20, 40))
    QApplication.processEvents()
    assert len(copying.parts) >= 3
    assert set(copying.parts) == {1}
    shown = around.screen().grabWindow(around.winId()).toImage()
    assert (pixels_of(shown) == pixels_of(whole)).all()


def test_an_edge_that_is_marked_is_painted_again_and_little_besides(make_hand: MakeHand) -> None:
    hand = make_hand(some_graph())
    hand.view.set_zoom(0.8)
    QApplication.processEvents()
    painted = Painted(hand.view.viewport())
    seen = hand.scene.edge_layer.visible(hand.view.seen().adjusted(90, 90, -90, -90)).tolist()
    boxes = hand.scene.edge_layer.boxes
    short = min(seen, key=lambda number: float(np.ptp(boxes[number].reshape(2, 2), axis=0).sum()))
    hand.scene.showing.mark(aimed=hand.scene.edge_layer.rows.keys[short])
    QApplication.processEvents()
    area = sum(rect.width() * rect.height() for rect in painted.region)
    assert 0 < area < 0.2 * hand.view.viewport().width() * hand.view.viewport().height()


def test_a_few_edges_that_look_otherwise_are_drawn_alone_until_they_rest(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edge_picture, "MOST_DIRECT", 0)
    hand, drawn, still = make_hand(some_graph()), [], []
    hand.show_step()
    for _ in range(2):
        hand.view.viewport().repaint()
    edges, in_sheet = edge_picture.EdgePicture._draw_edges, edge_picture.EdgePicture._draw_still

    def draw(
        self: edge_picture.EdgePicture, painter: QPainter, numbers: NDArray[np.intp], *rest: object
    ) -> None:
        drawn.append(len(numbers))
        edges(self, painter, numbers, *rest)  # type: ignore[arg-type]

    def draw_still(self: edge_picture.EdgePicture, *rest: object, **more: object) -> None:
        still.append(True)
        in_sheet(self, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(edge_picture.EdgePicture, "_draw_edges", draw)
    monkeypatch.setattr(edge_picture.EdgePicture, "_draw_still", draw_still)
    hand.scene.showing.light(hand.scene.edge_layer.rows.keys[:3])
    hand.view.viewport().repaint()
    assert not still
    assert sum(drawn) <= 3
    hand.settle()
    assert still
    drawn.clear()
    hand.view.viewport().repaint()
    assert not drawn


@pytest.mark.parametrize("seed", range(2))
def test_a_frame_far_from_the_one_that_is_shown_paints_what_differs_in_view_alone(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(step_changes, "MOST_DIFFERING", 60)
    hand, chance = make_hand(some_graph(80)), random.Random(seed)
    hand.view.minimap.set_wanted(False)
    hand.view.legend.set_wanted(False)
    hand.view.look_at(hand.scene.graph_rect().center(), 0.8)
    trace = run(hand.scene.graph)
    whole = hand.view.viewport().width() * hand.view.viewport().height()
    shares = []
    for phase in (range(trace.forward_steps), range(trace.forward_steps + 1, len(trace.steps))):
        hand.view.show_frame(trace.frame(phase[0]))
        screen_of(hand)
        for place in range(10, len(phase) - 10, 14):  # more steps than are asked one by one
            painted = Painted(hand.view.viewport())
            hand.view.show_frame(trace.frame(phase[place + chance.randrange(4)]))
            QApplication.processEvents()
            shares.append(sum(rect.width() * rect.height() for rect in painted.region) / whole)
            shown = screen_of(hand)
            assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS
    assert sorted(shares)[len(shares) // 2] < 0.6, shares


def test_very_many_edges_seen_from_far_away_are_drawn_in_turns(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, drawn, chance = make_hand(some_graph()), [], random.Random(4)
    hand.view.minimap.set_wanted(False)
    monkeypatch.setattr(pieces, "MOST_AT_A_TIME", 20)
    edges = edge_picture.EdgePicture._draw_edges

    def draw(
        self: edge_picture.EdgePicture, painter: QPainter, numbers: NDArray[np.intp], *rest: object
    ) -> None:
        drawn.append(len(numbers))
        edges(self, painter, numbers, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(edge_picture.EdgePicture, "_draw_edges", draw)
        hand.view.set_zoom(0.15)
        hand.view.viewport().repaint()
        assert hand.scene.edge_layer.picture.waits
        shown = screen_of(hand)
    assert len(drawn) > 3
    assert max(drawn) <= 20
    assert not hand.scene.edge_layer.picture.waits
    assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS
    for _ in range(4):
        hand.view.set_zoom(chance.choice([0.12, 0.14, 0.16]))
        hand.view.viewport().repaint()
        hand.apply(edits.remove(hand.scene.graph, [sorted(hand.scene.items_by_id)[chance.randrange(20)]]))
        shown = screen_of(hand)
        assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS


def test_edges_that_lead_far_are_drawn_in_more_turns(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, drawn = make_hand(some_graph()), list[float]()
    hand.view.minimap.set_wanted(False)
    monkeypatch.setattr(pieces, "MOST_AT_A_TIME", 100)
    monkeypatch.setattr(pieces, "MOST_PX", 2_000)
    boxes, edges = hand.scene.edge_layer.boxes, edge_picture.EdgePicture._draw_edges
    lengths = 0.15 * (boxes[:, 2:] - boxes[:, :2]).sum(axis=1)

    def draw(
        self: edge_picture.EdgePicture, painter: QPainter, numbers: NDArray[np.intp], *rest: object
    ) -> None:
        drawn.append(float(lengths[numbers].sum()))
        edges(self, painter, numbers, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(edge_picture.EdgePicture, "_draw_edges", draw)
        hand.view.set_zoom(0.15)
        hand.view.viewport().repaint()
        shown = screen_of(hand)
    assert sum(drawn) > 4 * 2_000  # each turn some from all over the view, so that turns are much alike
    assert max(drawn) < 2 * 2_000
    assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS


def test_very_many_edges_that_come_into_a_view_from_far_away_are_drawn_in_turns(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, drawn = make_hand(some_graph()), []
    hand.view.minimap.set_wanted(False)
    monkeypatch.setattr(pieces, "MOST_AT_A_TIME", 20)
    monkeypatch.setattr(edge_picture, "MOST_MENDED", 20)
    edges = edge_picture.EdgePicture._draw_edges

    def draw(
        self: edge_picture.EdgePicture, painter: QPainter, numbers: NDArray[np.intp], *rest: object
    ) -> None:
        drawn.append(len(numbers))
        edges(self, painter, numbers, *rest)  # type: ignore[arg-type]

    hand.view.set_zoom(0.15)
    screen_of(hand)
    for way in (QPointF(-900, 0), QPointF(0, -500), QPointF(700, 300)):
        with monkeypatch.context() as patch:
            patch.setattr(edge_picture.EdgePicture, "_draw_edges", draw)
            for part in (0.6, 0.4):  # the second before all is drawn that the first brings
                hand.view.set_center(hand.view.center() + part * way)
                hand.view.viewport().repaint()
            shown = screen_of(hand)
        assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS
    assert 0 < max(drawn) <= 20


@pytest.mark.parametrize("seed", range(4))
def test_very_many_edges_seen_from_far_away_are_mended_in_turns(
    seed: int, make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the view is moved or something else happens before all are drawn; until then no place is
    empty that was not.
    """
    hand, chance = make_hand(some_graph()), random.Random(seed)
    hand.view.minimap.set_wanted(False)
    monkeypatch.setattr(pieces, "MOST_AT_A_TIME", 20)
    monkeypatch.setattr(edge_picture, "MOST_MENDED", 20)
    hand.view.set_zoom(0.15)
    screen_of(hand)
    picture, done, has_waited = hand.scene.edge_layer.picture, [], 0
    for _ in range(14):
        graph = hand.scene.graph
        kind = chance.choice(("remove", "undo", "move", "pan", "cut"))
        if kind == "undo" and done:
            hand.apply(done.pop().inverse())
        elif kind == "pan":
            hand.view.set_center(hand.view.center() + QPointF(chance.choice([30, 900]), 60))
        else:
            node_id = chance.choice([node.id for node in graph.nodes()])
            if kind == "move":
                done.append(edits.move(graph, {node_id: (chance.uniform(0, 2000), 300.0)}))
            elif kind == "cut":
                done.append(edits.remove(graph, [], [next(graph.edges()).key]))
            else:
                done.append(edits.remove(graph, [node_id]))
            hand.apply(done[-1])
        hand.view.viewport().repaint()
        has_waited += picture.waits
        if chance.random() < 0.3:
            picture.settle()  # what has moved rests while others are still drawn
            hand.view.viewport().repaint()
        if chance.random() < 0.7:
            shown = screen_of(hand)
            assert not picture.waits
            assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS
    assert has_waited > 2


@pytest.mark.parametrize("zoom", [0.5, 3.0])
def test_a_view_that_came_near_while_edges_were_drawn_far_away_comes_to_rest(
    zoom: float, make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was painted again and again for edges that waited to be drawn, and never were."""
    hand = make_hand(some_graph(80))
    monkeypatch.setattr(pieces, "MOST_AT_A_TIME", 20)
    picture, viewport = hand.scene.edge_layer.picture, hand.view.viewport()
    hand.view.set_zoom(0.15)
    viewport.repaint()
    assert picture.waits
    hand.view.look_at(hand.scene.graph_rect().center(), zoom)
    viewport.repaint()
    assert not picture.waits
    assert differing(screen_of(hand), direct_screen(hand, monkeypatch)) <= SPECKS


def test_what_rests_while_very_many_edges_are_drawn_is_drawn_after_them(
    make_hand: MakeHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both in one turn held the window."""
    hand = make_hand(some_graph())
    hand.view.minimap.set_wanted(False)
    monkeypatch.setattr(pieces, "MOST_AT_A_TIME", 20)
    monkeypatch.setattr(edge_picture, "MOST_MENDED", 20)
    picture, viewport = hand.scene.edge_layer.picture, hand.view.viewport()
    hand.view.set_zoom(0.15)
    screen_of(hand)
    cut = edits.remove(hand.scene.graph, [], [next(hand.scene.graph.edges()).key])
    hand.apply(cut)
    screen_of(hand)
    hand.view.set_center(hand.view.center() + QPointF(900, 0))
    viewport.repaint()
    hand.apply(cut.inverse())
    picture.settle()
    viewport.repaint()
    assert picture.waits
    assert picture.moving
    shown = screen_of(hand)
    QApplication.processEvents()
    assert not picture.waits
    assert not picture.moving
    assert differing(shown, direct_screen(hand, monkeypatch)) <= SPECKS


def test_edges_in_a_rectangle_are_those_that_lie_there_now(make_hand: MakeHand) -> None:
    hand = make_hand(some_graph(40))
    layer, seen = hand.scene.edge_layer, hand.view.seen()

    def there() -> set[EdgeKey]:
        sides = ((box[:2], box[2:]) for box in layer.boxes.tolist())
        rects = (QRectF(QPointF(*first), QPointF(*last)) for first, last in sides)
        return {key for key, rect in zip(layer.rows.keys, rects, strict=True) if seen.intersects(rect)}

    def found() -> set[EdgeKey]:
        return {layer.rows.keys[number] for number in layer.visible(seen).tolist()}

    assert found() == there()
    middle, graph = hit_test.cards_in(hand.scene, seen)[0].node.id, hand.scene.graph
    for place in ((9000.0, 9000.0), (seen.center().x(), seen.center().y())):
        hand.apply(edits.move(graph, {middle: place}))
        assert found() == there()
    gone = edits.remove(graph, [middle])
    for change in (gone, gone.inverse()):
        hand.apply(change)
        assert found() == there()
