"""`python -m theorems.formal`: compile the wing, audit its axioms, write the evidence.  `--check` only compares digests.

`--compared LABEL ...` writes down that a reader compared these claims with their Coq theorems as both stand, and found that
Coq states at least as much (`overproof claims LABEL` shows both); without a label it lists the claims that were not compared.
"""

from __future__ import annotations

import argparse
import sys
import time

from theorems.errors import OverproofError, UnknownLabel
from theorems.formal import available, load, record
from theorems.formal.compared import pin


def claims() -> dict[str, str]:
    """The digests of everything that a Coq theorem may decide: claims of the ledger and cited lemmas."""
    from theorems.chapters import entries
    from theorems.lemmas import lemmas

    return {**{label: entry.claim.digest for label, entry in entries().items()}, **{found.claim.label: found.claim.digest for found in lemmas().values()}}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m theorems.formal", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare the recorded evidence with the files; needs no Coq")
    parser.add_argument("--compared", nargs="*", metavar="LABEL", help="these claims were compared with their Coq theorems; none: list what was not")
    options = parser.parse_args(arguments)
    if options.compared is not None:
        return _compared(options.compared)
    start = time.monotonic()
    try:
        if not options.check and (reason := available()):
            sys.stderr.write(f"{reason}; the recorded evidence is compared with the files instead\n")
            options.check = True
        recorded = load() if options.check else record()
    except OverproofError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    axioms = sorted({axiom for theorem in recorded.theorems for axiom in theorem.axioms})
    sys.stdout.write(
        f"{len(recorded.theorems)} theorems, {len(recorded.labels())} labels, {len(recorded.files)} files, Coq {recorded.coq}, "
        f"{time.monotonic() - start:.0f} s\naxioms: {', '.join(axioms)}\n"
    )
    for theorem in recorded.theorems:
        sys.stdout.write(f"  {theorem.key:48} {theorem.file}.v  {theorem.name}\n")
    return 0


def _compared(labels: list[str]) -> int:
    """Pin the wording of these claims, or list what the wing carries whole and nobody compared as it stands."""
    try:
        digests, recorded = claims(), load()
        whole = {label for label in digests if recorded.carried(label) and recorded.complete(recorded.carried(label))}
        if unknown := sorted(set(labels) - whole):
            raise UnknownLabel(f"no Coq theorems state the whole of {', '.join(unknown)}")
        pin({label: recorded.wording(label, digests[label]) for label in labels})
        for label in sorted(label for label in whole if recorded.left_out(label, digests[label])):
            sys.stdout.write(f"not compared: {label}\n")
    except OverproofError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
