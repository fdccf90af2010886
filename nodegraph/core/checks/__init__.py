"""Every gradient of the backward pass against a numerical derivative, which knows no chain rule."""
