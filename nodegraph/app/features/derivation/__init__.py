"""The derivation of a step or a node, typeset."""
