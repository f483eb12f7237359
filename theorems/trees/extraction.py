"""Measured: on real networks the search with k clauses a level and the exact programme give hidden trees of depth 4 and less back.

A network of accuracy 1 on fresh inputs, trained on labels of a complete random tree over d = 100 bits; k >= 200.  The agreement of
the extracted tree with the hidden one is the share of the uniform cube on which both answer alike, worked out exactly from their leaves.
The published run (BA, notebook: one tree a depth, k = 10, 50, 100, 200) stands beside ours in what `overproof prove tree:extraction` prints.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.entry import Entry
from theorems.logic import eq, ge, le

accuracy, agreement = sp.symbols("accuracy agreement", real=True)
k, depth = sp.symbols("k depth", integer=True)
TRAINED, CLAUSES, RECOVERED = ("trained", eq(accuracy, 1)), ("clauses", ge(k, 200)), eq(agreement, 1)
CLAIM = Entry(
    Claim("tree:extraction", "Hidden trees recovered from trained networks", Source("BA", "published table"), "source", "measured",
          (TRAINED, CLAUSES, ("depth", le(depth, 4))), RECOVERED, expected="supported"),
)
