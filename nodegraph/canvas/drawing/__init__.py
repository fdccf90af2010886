"""How things are painted: theme, lettering, geometry, and where labels are placed. Knows no item."""
