"""What the hand can do on the canvas: one object per gesture, made where it begins; move, end, cancel.

A gesture reads the scene and tells the view what is wanted; only the document changes the graph.
"""
