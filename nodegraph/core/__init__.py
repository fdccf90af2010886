"""The mathematics: graphs, changes, the two passes and their explanation. Knows no Qt and opens no file."""
