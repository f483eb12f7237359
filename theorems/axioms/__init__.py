"""Axioms and properties of softening operators: one file each, ending in `AXIOM`."""
