"""What keeping files safely takes: locks, attributes, copies, what a crash leaves, what was last seen."""
