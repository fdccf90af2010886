"""Touch on the canvas: two fingers pan, a pinch zooms where it is; what Qt recognises moves the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGestureEvent, QPanGesture, QPinchGesture

if TYPE_CHECKING:
    from nodegraph.canvas.viewport.camera import Camera

KINDS = (Qt.GestureType.PinchGesture, Qt.GestureType.PanGesture)


def grab(view: Camera) -> None:
    """Let Qt look for these gestures on the canvas."""
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
    for kind in KINDS:
        view.viewport().grabGesture(kind)


def follow(view: Camera, event: QGestureEvent) -> bool:
    """Move the camera as the fingers did; whether they did."""
    pinch, pan = (event.gesture(kind) for kind in KINDS)
    if isinstance(pinch, QPinchGesture):
        _pinch(view, pinch)
    elif isinstance(pan, QPanGesture) and pan.state() != Qt.GestureState.GestureCanceled:
        view.set_center(view.center() - pan.delta() / view.zoom)
    event.accept()
    return True


def _pinch(view: Camera, pinch: QPinchGesture) -> None:
    """The point between the fingers stays between them."""
    now = view.viewport().mapFromGlobal(pinch.centerPoint())
    before = view.viewport().mapFromGlobal(pinch.lastCenterPoint())
    if pinch.state() != Qt.GestureState.GestureStarted:
        view.set_center(view.center() - (now - before) / view.zoom)
    if pinch.changeFlags() & QPinchGesture.ChangeFlag.ScaleFactorChanged:
        view.set_zoom(view.zoom * pinch.scaleFactor(), now)
