"""Programs as graphs: functions called once with values, jaxprs, and what PyTorch traced."""
