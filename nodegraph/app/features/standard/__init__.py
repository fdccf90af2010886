"""The commands of the rooms that are no feature: files, editing, the graph, the view and the passes."""
