"""A running program's numbers, recorded as they are computed: values with gradients, and what they become."""
