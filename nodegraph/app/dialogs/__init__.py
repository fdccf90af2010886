"""Dialogs that only tell something. Esc closes each."""
