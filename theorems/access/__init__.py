"""Partial access to the teacher and privacy, SKD abstract (vii): one file per claim or tight group of claims."""
