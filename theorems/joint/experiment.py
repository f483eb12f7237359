"""Measured: students that share a teacher's feature space on handwritten digits, perceptrons and convolutions.

With the teacher's head frozen, the measured gap of the errors against K E |z_s - z_t|, K an upper bound on the head's Lipschitz
constant computed from its weights.  Losses: features matched, outputs of the teacher's head matched (softmax regression), features
matched beside the labels, and a student with a head of its own; their ranking stands in the verdict of the judge, with intervals.
"""

from theorems.claim import Claim, Source
from theorems.entry import Entry
from theorems.joint.frozen_head import FROZEN

CLAIM = Entry(
    Claim("joint:experiment", "Error gaps of students that share the teacher's features", Source("IJC", "abstract (iii)"), "ours", "measured", (), FROZEN,
          expected="supported"),
)
