"""Measured: node updates taken out of trained graph networks and executed by the aligned network.

Reachability, breadth-first depth, Bellman-Ford with bounded weights and widest path on bits; the source learns from graphs of 6 nodes and
runs of 3 rounds.  Accuracy: the share of nodes of fresh graphs of 6 nodes whose state after 3 rounds is right.  It is at least the one
published figure (LW: 0.911 at depth 3 on graphs of 6 nodes; which task, and against what, is not known).
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.entry import Entry
from theorems.logic import ge

accuracy = sp.Symbol("accuracy", real=True)
REFERENCE = sp.Rational(911, 1000)
CLAIM = Entry(
    Claim("dp:experiment", "Distilled dynamic programmes on small graphs", Source("LW", "experiment, depth 3, 6 nodes"), "ours", "measured", (),
          ge(accuracy, REFERENCE), expected="supported"),
)
