"""How much a picture that carries a document may hold; `limits` lists these beside all others."""

from __future__ import annotations

MAX_DOCUMENT_BYTES = 48_000_000
"""Of a document's JSON, in a file of its own or unpacked from a picture."""

MAX_PICTURE_BYTES = 128_000_000
"""Of a PNG, GIF, WebP or MP4 that carries a document."""

MAX_CHUNKS = 100_000
"""Of a PNG or WebP, and blocks of a GIF; those that hold the picture are some kilobytes each."""

MAX_SUB_BLOCKS = 1_000_000
"""Of a GIF, all its blocks together; each holds at most 255 bytes."""

MAX_PACKED_TEXT = 2 * MAX_DOCUMENT_BYTES
"""Of all the texts of a PNG that may be a document, unpacked once and counted together."""


def in_megabytes(count: int, limit: int | None = None) -> str:
    """A number of bytes for people; each byte is counted where a rounded number would look like the limit.

    >>> in_megabytes(64_000_000), in_megabytes(70_400_000, 64_000_000), in_megabytes(64_000_001, 64_000_000)
    ('64 MB', '70 MB', '64,000,001 bytes')
    """
    shown = f"{count / 1e6:,.0f} MB"
    return f"{count:,} bytes" if limit is not None and shown == in_megabytes(limit) else shown
