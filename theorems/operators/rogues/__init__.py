"""Candidates that break an axiom, kept to show that they are caught: one file each, ending in `OPERATOR`."""
