"""What is painted: cards, edges, groups, notes, badges. An item knows its record and how it looks."""
