"""The open graph as a program: on the clipboard, and in a file."""
