"""Softening operators on data: NumPy arrays and torch tensors of probabilities or logits.

A formula is never retyped here: the SymPy weight or generator of an `Operator` is rewritten in the log
domain (`weights`, `generators`), compiled by `theorems.compile`, and run with the array library that the
input brings along (`library`); this package imports none.  `checks` says which inputs are refused.
"""

from theorems.arrays.forms import apply, apply_to_logits

__all__ = ["apply", "apply_to_logits"]
