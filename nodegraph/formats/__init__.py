"""Bytes to graph and back, one module a format; our own is `native`. Opens no dialog and paints nothing."""
