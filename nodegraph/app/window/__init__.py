"""The main window: its layout, its bars, and the list of all windows."""
