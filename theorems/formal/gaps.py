"""What Coq's theorems leave out of a claim of the ledger, although they carry its label whole.

The ledger may state a claim more widely than the theorem that was proved for it: such theorems stand beside the claim, for
the reader to compare, and decide nothing.  A `partial:` comment in a Coq file says the same of a label of the wing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GAPS: Final[Mapping[str, str]] = {}
