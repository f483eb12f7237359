"""The formal wing: lemmas checked by Coq's kernel for all V, and their bridge to the ledger.

A theorem is registered by existence: the comment `(* claim: LABEL *)`, or `(* claim: LABEL (part) *)`, stands directly
above `Theorem`; `refutes:` in place of `claim:` marks a theorem that shows the claim's refutation.  `partial:` lists
what a label's theorems leave out, and a theorem decides a claim only in the wording in which the two were compared
(`compared.json`).  `load()` returns the recorded evidence after comparing every digest; nobody needs Coq for that.
`record()` compiles, audits and writes it, and `prove(certificate)` has the kernel replay a bisection certificate; both
need `coqc` with Coquelicot and Interval.
"""

from theorems.formal.audit import AXIOMS, record
from theorems.formal.build import available, compile_wing
from theorems.formal.certificate import coq_file, prove
from theorems.formal.recorded import Recorded, RecordedTheorem, load
from theorems.formal.sources import FOLDER, FormalTheorem, Source, Wing, read_wing

__all__ = [
    "AXIOMS", "FOLDER", "FormalTheorem", "Recorded", "RecordedTheorem", "Source", "Wing",
    "available", "compile_wing", "coq_file", "load", "prove", "read_wing", "record",
]
