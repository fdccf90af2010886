"""Tables of numbers in files: read as people have them, counted before they are built."""
