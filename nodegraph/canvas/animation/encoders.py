"""Animations as bytes, one picture after the other: of each only the rectangle that has changed is written,
and no picture is kept. A picture is an array of pixels, 0xAARRGGBB.

Another thread may run all this; it knows neither scene nor file.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import NamedTuple, Protocol

import numpy as np
from PIL import Image

from nodegraph.canvas.animation.palette import UNCHANGED, Palette, Pixels
from nodegraph.core.errors import Refused
from nodegraph.formats import png
from nodegraph.formats.limits import MAX_PICTURE_BYTES, in_megabytes
from nodegraph.formats.pictures import apng, gif, webp


class Order(NamedTuple):
    """What is to be written: how large, how often it plays (0: for ever), the document that goes along, the
    colours there are, where somebody has looked, and those that are to be exact.
    """

    size: tuple[int, int]
    fps: int
    loop: int
    document: bytes
    transparent: bool = False
    seen: Counter[int] | None = None
    exact: tuple[int, ...] = ()


class Box(NamedTuple):
    """A rectangle of pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def cut(self, pixels: Pixels) -> Pixels:
        """Returns the part of a picture that lies in it."""
        return np.ascontiguousarray(pixels[self.top : self.bottom, self.left : self.right])


def changed_box(before: Pixels, now: Pixels) -> Box | None:
    """Returns the rectangle in which two pictures differ; None where they are the same."""
    differs = before != now
    rows = np.flatnonzero(differs.any(axis=1))
    if not len(rows):
        return None
    columns = np.flatnonzero(differs[rows[0] : rows[-1] + 1].any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


class Encoder(Protocol):
    """Takes pictures one after the other. `close` gives it up, at any time and without a complaint."""

    def add(self, now: Pixels, before: Pixels | None, ticks: int) -> None:
        """Show a picture for so many ticks, after the one before it."""

    def finish(self) -> bytes:
        """Returns the whole file."""

    def close(self) -> None:
        """Let go of everything."""


class PatchEncoder:
    """Writes rectangles that have changed. The last one waits until it is known how long it is shown."""

    longest = 0xFFFF
    """Ticks that one picture may be shown."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.frames = 0
        """How many are written."""
        self.out = bytearray(self.begin())
        self._waiting: tuple[bytes, Box, int] | None = None

    def begin(self) -> bytes:
        """Returns what the file begins with."""
        raise NotImplementedError

    def encoded(self, now: Pixels, before: Pixels | None, box: Box) -> bytes:
        """Returns a rectangle of a picture, packed."""
        raise NotImplementedError

    def frame(self, encoded: bytes, box: Box, ticks: int) -> bytes:
        """Returns a packed rectangle as it stands in the file."""
        raise NotImplementedError

    def box_of(self, now: Pixels, before: Pixels | None) -> Box | None:
        """Returns the rectangle that is to be written; None where nothing has changed."""
        whole = Box(0, 0, *self.order.size)
        return whole if before is None else changed_box(before, now)

    def add(self, now: Pixels, before: Pixels | None, ticks: int) -> None:
        """Show a picture for so many ticks, after the one before it."""
        box = self.box_of(now, before)
        if box is None and self._waiting is not None:
            packed, place, shown = self._waiting
            if shown + ticks <= self.longest:
                self._waiting = packed, place, shown + ticks
                return
        self._flush()
        box = box or Box(0, 0, 1, 1)
        self._waiting = self.encoded(now, before, box), box, ticks

    def _flush(self) -> None:
        if self._waiting is not None:
            self.out += self.frame(*self._waiting)
            self.frames += 1
            self._waiting = None
        if len(self.out) > MAX_PICTURE_BYTES:
            raise Refused(
                f"The animation would be larger than {in_megabytes(MAX_PICTURE_BYTES)}; make it smaller, "
                "faster or with fewer pictures a second."
            )

    def finish(self) -> bytes:
        """Returns the whole file."""
        self._flush()
        return self.end()

    def end(self) -> bytes:
        """Returns the file with what it ends with."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of everything."""
        self.out.clear()
        self._waiting = None


class GifEncoder(PatchEncoder):
    """GIF: one palette for all pictures, so that nothing flickers; what has not changed shines through."""

    def begin(self) -> bytes:
        """Returns what the file begins with, the document too."""
        self.palette = Palette(self.order.seen or Counter(), self.order.exact)
        loops = {0: 0, 1: None}.get(self.order.loop, self.order.loop - 1)
        header = gif.header(self.order.size, self.palette.bytes, loops)
        return header + gif.carried(self.order.document)

    def encoded(self, now: Pixels, before: Pixels | None, box: Box) -> bytes:
        """Returns a rectangle of a picture, packed."""
        part = box.cut(now)
        changed = np.full(part.shape, True) if before is None else part != box.cut(before)
        numbers = np.full(part.shape, UNCHANGED, dtype=np.uint8)
        numbers[changed] = self.palette.numbers(part[changed])
        buffer = io.BytesIO()
        # Else Pillow writes every eighth line first, which packs worse and shows half pictures.
        Image.fromarray(numbers, "L").save(buffer, "GIF", optimize=False, interlace=0)
        return buffer.getvalue()

    def frame(self, encoded: bytes, box: Box, ticks: int) -> bytes:
        """Returns a packed rectangle as it stands in the file."""
        shows_through = UNCHANGED if self.frames else None
        return gif.control(ticks, shows_through) + gif.placed_image(encoded, box.left, box.top)

    def end(self) -> bytes:
        """Returns the file with what it ends with."""
        return bytes(self.out) + gif.TRAILER


class WebpEncoder(PatchEncoder):
    """WebP without loss: every pixel is as it was drawn."""

    longest = 0xFFFFFF

    def begin(self) -> bytes:
        """Returns what the file begins with."""
        return webp.animation_header(self.order.size, self.order.loop, transparent=self.order.transparent)

    def box_of(self, now: Pixels, before: Pixels | None) -> Box | None:
        """Returns the rectangle that is to be written, with even left and top as the format has it."""
        box = super().box_of(now, before)
        return box and box._replace(left=box.left & ~1, top=box.top & ~1)

    def encoded(self, now: Pixels, before: Pixels | None, box: Box) -> bytes:
        """Returns a rectangle of a picture, packed."""
        buffer = io.BytesIO()
        picture = image_of(box.cut(now), transparent=self.order.transparent)
        picture.save(buffer, "WEBP", lossless=True, quality=25, method=1, exact=True)
        return buffer.getvalue()

    def frame(self, encoded: bytes, box: Box, ticks: int) -> bytes:
        """Returns a packed rectangle as it stands in the file."""
        place = (box.left, box.top, box.right - box.left, box.bottom - box.top)
        return webp.frame(encoded, place, ticks)

    def end(self) -> bytes:
        """Returns the file, with the document."""
        return webp.whole(bytes(self.out) + webp.carried(self.order.document))


class ApngEncoder(PatchEncoder):
    """APNG: a PNG whose first picture any program shows, and which plays where it is known."""

    def begin(self) -> bytes:
        """Returns nothing: what the file begins with says how many pictures there are."""
        self._first = b""
        return b""

    def encoded(self, now: Pixels, before: Pixels | None, box: Box) -> bytes:
        """Returns a rectangle of a picture, packed."""
        buffer = io.BytesIO()
        image_of(box.cut(now), transparent=self.order.transparent).save(buffer, "PNG", compress_level=6)
        return buffer.getvalue()

    def frame(self, encoded: bytes, box: Box, ticks: int) -> bytes:
        """Returns a packed rectangle as it stands in the file."""
        self._first = self._first or encoded
        place = (box.left, box.top, box.right - box.left, box.bottom - box.top)
        return apng.frame(encoded, place, ticks, self.frames)

    def end(self) -> bytes:
        """Returns the file, with the document."""
        made = apng.whole(self._first, bytes(self.out), self.frames, self.order.loop)
        return png.embed(made, self.order.document)


def image_of(pixels: Pixels, *, transparent: bool) -> Image.Image:
    """Returns pixels as an image of Pillow."""
    height, width = pixels.shape
    mode, raw = ("RGBA", "BGRA") if transparent else ("RGB", "BGRX")
    return Image.frombuffer(mode, (width, height), pixels.astype("<u4").tobytes(), "raw", raw, 0, 1)
