"""What a window can do, one folder for each feature: its panel or dialog, its commands, its words."""
