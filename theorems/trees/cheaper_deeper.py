"""Measured, and it fails: at depth 5 too a network gives up its tree from no more examples than learning it takes.

Where the search misses a clause of the hidden tree (`tree:extraction/deeper`), no number of examples gets the distilled tree to full accuracy,
and boosted trees learned from a few thousand labels get there.
"""

from theorems.claim import Claim, Source
from theorems.entry import Entry
from theorems.logic import eq
from theorems.trees.cheaper import CHEAPER
from theorems.trees.extraction import depth

CLAIM = Entry(
    Claim("tree:cheaper/deeper", "Examples to distil trees of depth five against examples to learn them", Source("BA", "abstract (iii)"), "ours", "measured",
          (("depth", eq(depth, 5)),), CHEAPER, expected="challenged", repaired="tree:cheaper"),
)
