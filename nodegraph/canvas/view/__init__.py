"""The view: turns events into calls, and describes the canvas to assistive technology."""
