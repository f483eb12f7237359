"""From the command line to a full verdict, cold start included: every shipped operator, and one-line candidates."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from tests.bench import Measurement, best_of
from theorems import catalogue

CANDIDATES = [
    ["p/(1+(T-1)*p)", "--domain", "1:inf"],
    ["p**(exp(1-T))"],
    ["generator:sin(p)"],
    ["p + (T-1)", "--domain", "1:inf"],
    ["p*exp(-(T-1)*p)", "--domain", "1:inf"],
]


def verify(*arguments: str) -> str:
    """The verdict on legality; a crash is no figure."""
    done = subprocess.run([sys.executable, "-m", "overproof", "verify", *arguments, "--json", "-"], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 3):
        raise AssertionError(done.stderr)
    return str(json.loads(done.stdout)["legal"])


def measure() -> Iterator[Measurement]:
    for name in catalogue.operators():
        if name not in catalogue.rogues():
            seconds = best_of(lambda name=name: verify(name), rounds=3)  # type: ignore[misc]
            yield Measurement(f"verify {name}", seconds, "s", at_most=2, note=f"legal: {verify(name)}")
    for arguments in CANDIDATES:
        seconds = best_of(lambda arguments=arguments: verify(*arguments), rounds=2)  # type: ignore[misc]
        yield Measurement(f"verify {' '.join(arguments)}", seconds, "s", at_most=20, note=f"legal: {verify(*arguments)}")
