"""Touch and wheel on the canvas: two fingers pan, a pinch or the wheel zooms where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPanGesture, QPinchGesture

if TYPE_CHECKING:
    from nodegraph.canvas.viewport.camera import Camera

KINDS = (Qt.GestureType.PinchGesture, Qt.GestureType.PanGesture)
EVENTS = QEvent.Type.Gesture, QEvent.Type.GestureOverride, QEvent.Type.NativeGesture


def grab(view: Camera) -> None:
    """Let Qt look for these gestures on the canvas."""
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
    for kind in KINDS:
        view.viewport().grabGesture(kind)


def follow(view: Camera, event: QGestureEvent) -> bool:
    """Move the camera as the fingers did. Returns whether they did."""
    pinch, pan = (event.gesture(kind) for kind in KINDS)
    if isinstance(pinch, QPinchGesture):
        _pinch(view, pinch)
    elif isinstance(pan, QPanGesture) and pan.state() != Qt.GestureState.GestureCanceled:
        view.set_center(view.center() - pan.delta() / view.zoom)
    event.accept()
    return True


def turn(view: Camera, event: QWheelEvent) -> None:
    """Pan as a touchpad did, or zoom as the wheel was turned."""
    turned = event.angleDelta()
    if event.phase() != Qt.ScrollPhase.NoScrollPhase and not event.modifiers():
        view.set_center(view.center() - QPointF(event.pixelDelta()) / view.zoom)
    elif turned.y():
        view.set_zoom(view.zoom * 1.0015 ** turned.y(), event.position())
    elif turned.x():
        view.set_center(view.center() - QPointF(turned.x(), 0) / (2 * view.zoom))


def pinch(view: Camera, event: QNativeGestureEvent) -> bool:
    """Zoom as two fingers on a touchpad did. Returns that all such gestures have been dealt with."""
    if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
        view.set_zoom(view.zoom * (1 + event.value()), event.position())
    return True


def _pinch(view: Camera, pinch: QPinchGesture) -> None:
    """The point between the fingers stays between them."""
    now = view.viewport().mapFromGlobal(pinch.centerPoint())
    before = view.viewport().mapFromGlobal(pinch.lastCenterPoint())
    if pinch.state() != Qt.GestureState.GestureStarted:
        view.set_center(view.center() - (now - before) / view.zoom)
    if pinch.changeFlags() & QPinchGesture.ChangeFlag.ScaleFactorChanged:
        view.set_zoom(view.zoom * pinch.scaleFactor(), now)
