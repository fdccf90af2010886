"""What no formula can say."""

from __future__ import annotations

import ast


class NotArithmetic(ValueError):
    """What no formula can say, and the piece of the program."""

    def __init__(self, message: str, piece: ast.AST) -> None:
        super().__init__(message)
        self.message, self.piece = message, piece
