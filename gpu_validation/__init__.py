"""Measure, do not judge: real teachers and sparse students, trained many at a time, and the records of what came out.

This room never imports `numerics`: the harness must not see the bound it is compared with.  It hands its
results over as records on disk (`theorems.evidence.Record`).
"""
