"""The panels around the canvas. Each shows one thing and tells by signals what the person asks for."""
