"""The inspector: what is selected, in words, numbers and fields."""
