"""What a training comes to, beside the graph: points, boundary, loss and layers, and the way back in time."""
