"""What is in a recovery file: the document as it would be saved, where it belongs, and a checksum. Knows no
file and no window.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from nodegraph.core.errors import DocumentError

PARTS = ("title", "path", "document")
SEEN = "seen"
TYPED = "typed"
"""Into which fields was typed what is kept in notes of the document; only where there is such a text."""
CHECKSUM = "checksum"


def packed(named: dict[str, str], document: Iterable[bytes]) -> bytes:
    """Returns the bytes of a file with this title, path and `SEEN`, `TYPED` where that is not empty, and a
    document that comes in pieces.
    """
    title, path, seen = (json.dumps(named[name]) for name in ("title", "path", SEEN))
    typed = json.dumps(named[TYPED]) if named.get(TYPED) else ""
    pieces = [f'{{"title": {title}, "path": {path}, "{SEEN}": {seen}, "document": "'.encode()]
    checksum = _Hash(f'[{title}, {path}, "'.encode(), digest_size=_DIGEST_SIZE)
    for piece in document:
        escaped = json.dumps(piece.decode())[1:-1].encode()
        checksum.update(escaped)
        pieces.append(escaped)
    checksum.update(f'", {seen}{typed and ", "}{typed}]'.encode())
    more = f', "{TYPED}": {typed}' if typed else ""
    pieces.append(f'"{more}, "{CHECKSUM}": "{checksum.hexdigest()}"}}'.encode())
    return b"".join(pieces)


def unpacked(data: bytes) -> dict[str, str]:
    """The parts of a file by name; DocumentError where it is damaged. Old ones have no checksum."""
    try:
        parts: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"this recovery file cannot be read ({error})") from error
    is_ours = isinstance(parts, dict) and all(isinstance(part, str) for part in parts.values())
    if is_ours and set(parts) == set(PARTS):
        return {**parts, SEEN: "", TYPED: ""}
    if not is_ours or set(parts) - {TYPED} != {*PARTS, SEEN, CHECKSUM}:
        raise DocumentError("this is no recovery file")
    if parts[CHECKSUM] != _checksum(parts):
        raise DocumentError("this recovery file is damaged")
    return {name: parts.get(name, "") for name in (*PARTS, SEEN, TYPED)}


def _checksum(parts: dict[str, str]) -> str:
    text = json.dumps([parts[name] for name in (*PARTS, SEEN, TYPED) if name in parts])
    return _Hash(text.encode(), digest_size=_DIGEST_SIZE).hexdigest()


_Hash, _DIGEST_SIZE = hashlib.blake2b, 16
