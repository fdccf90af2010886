"""Small widgets that panels and dialogs are made of. They know no graph and no feature."""
