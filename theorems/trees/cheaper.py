"""Measured: a trained network gives up its tree, of depth 4 or less, from no more examples than learning the tree from the same labelled examples takes.

Examples to full accuracy: the least number in the record from which on every larger one has accuracy 1 on fresh inputs, oo where there is
none.  Learners: CART of the hidden depth, CART without limit, boosted trees (scikit-learn).  What the network itself was trained on is not
counted, and nothing is claimed of seconds: they stand beside the counts.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.entry import Entry
from theorems.logic import le
from theorems.trees.extraction import depth

distilled, learned = sp.symbols("examples_distilled examples_learned", real=True)
CHEAPER = le(distilled, learned)
CLAIM = Entry(
    Claim("tree:cheaper", "Examples to distil against examples to learn", Source("BA", "abstract (iii)"), "ours", "measured",
          (("depth", le(depth, 4)),), CHEAPER, expected="supported"),
)
