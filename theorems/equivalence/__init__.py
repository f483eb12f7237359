"""Equivalence classes of targets and operators under a limited student, SKD abstract (iv): one file per claim or tight group."""
