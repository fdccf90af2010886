"""The sets of letters that a table may be in, by name. Loads nothing, for the command line lists them."""

from __future__ import annotations

UNICODE = ""
ENCODINGS = {
    "windows-1252": "Western European (Windows-1252)",
    "windows-1250": "Central European (Windows-1250)",
    "windows-1251": "Cyrillic (Windows-1251)",
    "windows-1253": "Greek (Windows-1253)",
    "windows-1254": "Turkish (Windows-1254)",
}
"""What people call each such set, by the name under which Python and others know it; the likeliest first."""
LIKELIEST = "windows-1252"
