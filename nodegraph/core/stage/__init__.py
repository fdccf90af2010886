"""What is shown of a training beside its graph: boundary, layers, trail. No Qt, no files."""
