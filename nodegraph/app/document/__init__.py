"""The document, its history, and every way in which it is edited, stored and copied."""
