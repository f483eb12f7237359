"""`python -m theorems.formal`: compile the wing, audit its axioms, write the evidence.  `--check` only compares digests."""

from __future__ import annotations

import argparse
import sys
import time

from theorems.errors import OverproofError
from theorems.formal import available, load, record


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m theorems.formal", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare the recorded evidence with the files; needs no Coq")
    options = parser.parse_args(arguments)
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


if __name__ == "__main__":
    raise SystemExit(main())
