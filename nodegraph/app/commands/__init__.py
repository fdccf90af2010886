"""What a person can choose, its keys and menus, and when it cannot be done."""
