"""What Coq's theorems leave out of a claim of the ledger, although they carry its label whole.

The ledger may state a claim more widely than the theorem that was proved for it: such theorems stand beside the claim, for
the reader to compare, and decide nothing.  A `partial:` comment in a Coq file says the same of a label of the wing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GAPS: Final[Mapping[str, str]] = {
    "access:privacy-mixing": "equality at every pair of opposite vertices; Coq shows it at one",
    "access:text-rate": "draws that are merely uncorrelated; Coq takes independent ones",
    "base:ratio": "entries of either sign; Coq takes entries that are not negative",
    "bv:bregman": "sums that differ where kappa is 0; Coq asks for equal sums",
    "bv:kl": "the cross entropy of targets with entries of either sign; Coq takes laws",
    "bv:operator-agnostic": "the two identities of KL; Coq states the squared one",
    "bv:reverse-kl": "targets that do not sum to 1; Coq takes laws",
    "joint:bound": "losses other than the distance of two labels on the line",
    "joint:frozen-head": "losses other than the distance of two labels on the line",
    "path:anchored": "families that do not sum to 1; Coq takes laws",
    "path:end-to-end": "this path: Coq refutes the assertion on a path of logits",
    "path:first-order-stages": "every metric; Coq takes the line",
    "path:floor": "the sum over the stages and the best whole number; Coq states the closed form",
    "path:hoeffding": "the limit at 0; Coq shows that no smaller constant serves",
    "path:temperature": "exponents that are not positive; Coq takes temperatures",
    "tree:finite-class": "draws described by their moments alone; Coq takes independent ones",
}
