"""Adding nodes: the palette, the search at the cursor, menus on edges, whole networks."""
