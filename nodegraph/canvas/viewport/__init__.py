"""What moves and floats with the view: camera, minimap, legend, hints, touch."""
