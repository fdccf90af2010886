"""A web page that plays: the graph as the canvas shows it, with both passes computed in the page."""
