"""The line that says what mouse and keys would do."""
