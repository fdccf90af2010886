"""The 256 colours of a GIF: those that matter exactly as they are, the others as near as can be.

Works on arrays of pixels (0xAARRGGBB); knows neither Qt nor the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint32]

COLOURS = 255
"""Colours of the palette; the last number stands for what does not change."""
UNCHANGED = 255
_MOST_EXACT = 160
"""Colours that are kept as they are: large areas first."""
_MOST_WEIGHT = 64


def counted(pixels: Pixels) -> Counter[int]:
    """Returns how many pixels there are of each colour."""
    colours, counts = np.unique(pixels & 0xFFFFFF, return_counts=True)
    return Counter(dict(zip(colours.tolist(), counts.tolist(), strict=True)))


class Palette:
    """Colours, and the number of the nearest one for any other."""

    def __init__(self, seen: Counter[int], wanted: Iterable[int] = ()) -> None:
        flat = [colour for colour, _count in seen.most_common(_MOST_EXACT // 2)]
        exact = list(dict.fromkeys([*flat, *wanted]))[:_MOST_EXACT]
        rest = Counter({colour: count for colour, count in seen.items() if colour not in set(exact)})
        if len(exact) + len(rest) > COLOURS:
            exact += _reduced(rest, COLOURS - len(exact))
        else:
            exact += list(rest)
        self.colours = _channels(np.array(exact, dtype=np.uint32))
        self._numbers = np.full(1 << 18, -1, dtype=np.int16)
        """Of the nearest colour, by six bits of each channel; -1 until one asks for it."""
        known = np.array(exact, dtype=np.uint32)
        self._numbers[_keys(known)[::-1]] = np.arange(len(known))[::-1]

    @property
    def bytes(self) -> bytes:
        """Red, green and blue of 256 colours."""
        return self.colours.astype(np.uint8).tobytes().ljust(768, b"\0")

    def numbers(self, pixels: Pixels) -> NDArray[np.uint8]:
        """Returns the number of the nearest colour for each pixel."""
        keys = _keys(pixels)
        found = self._numbers[keys]
        missing = found < 0
        if missing.any():
            self._learn(pixels[missing])
            found = self._numbers[keys]
        return found.astype(np.uint8)

    def _learn(self, pixels: Pixels) -> None:
        keys, first = np.unique(_keys(pixels), return_index=True)
        for at in range(0, len(keys), 512):
            some = _channels(pixels[first[at : at + 512]])
            apart = ((some[:, None, :] - self.colours[None, :, :]) ** 2).sum(axis=2)
            self._numbers[keys[at : at + 512]] = apart.argmin(axis=1)


def _keys(pixels: Pixels) -> NDArray[np.uint32]:
    red, green, blue = (pixels >> 6) & 0x3F000, (pixels >> 4) & 0xFC0, (pixels >> 2) & 0x3F
    keys: NDArray[np.uint32] = red | green | blue
    return keys


def _channels(colours: Pixels) -> NDArray[np.int32]:
    parts = [(colours >> shift) & 0xFF for shift in (16, 8, 0)]
    return np.stack(parts, axis=1).astype(np.int32)


def _reduced(seen: Counter[int], most: int) -> list[int]:
    """Returns so many colours that stand for these, the frequent ones nearer than the rare."""
    weights = [min(_MOST_WEIGHT, round(count**0.5) + 1) for count in seen.values()]
    pixels = np.repeat(np.array(list(seen), dtype=np.uint32), weights)
    row = Image.fromarray(_channels(pixels).astype(np.uint8)[None, :, :], "RGB")
    found = row.quantize(most, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).getpalette() or []
    triples = zip(found[0::3], found[1::3], found[2::3], strict=True)
    return [red << 16 | green << 8 | blue for red, green, blue in triples][:most]
