"""What Coq's theorems leave out of a claim of the ledger, although they carry its label whole.

The ledger may state a claim more widely than the theorem that was proved for it: such theorems stand beside the claim, for
the reader to compare, and decide nothing.  A `partial:` comment in a Coq file says the same of a label of the wing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GAPS: Final[Mapping[str, str]] = {
    "base:ratio": "entries of either sign; Coq takes entries that are not negative",
    "bv:bregman": "sums that differ where kappa is 0; Coq asks for equal sums",
    "bv:kl": "the cross entropy of targets with entries of either sign; Coq takes laws",
    "bv:operator-agnostic": "the two identities of KL; Coq states the squared one",
    "bv:reverse-kl": "targets that do not sum to 1; Coq takes laws",
    "joint:bound": "losses other than the distance of two labels on the line",
    "joint:frozen-head": "losses other than the distance of two labels on the line",
}
