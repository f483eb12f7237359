"""`overproof prove --record`: what a replay and an attack find of each claim, written into the register."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from numerics.recording import record
from overproof.main import INTERRUPTED, complain
from overproof.output import checked_target, deliver
from overproof.registered import choose
from overproof.showing import counted, paint, wrapped
from theorems.errors import OverproofError
from theorems.register import REGISTER


def record_claims(labels: Sequence[str], *, json: str | None) -> int:
    """The named labels anew, and whatever is missing or stale; 0 if each came out as expected, 1 if one did not."""
    checked_target(json)
    chosen = choose(labels) if labels else []
    try:
        lines = record(chosen, told=lambda label, done, total: print(f"[{done}/{total}] {label}", file=sys.stderr, flush=True))
    except KeyboardInterrupt:
        complain("interrupted; the claims that were finished are recorded, run the same command to resume")
        return INTERRUPTED
    except OSError as fault:
        raise OverproofError(f"cannot write {REGISTER.name}: {fault.strerror}; record from a checkout that you can write to") from fault
    surprises = [line for line in lines.values() if line.verdict != line.expected]
    text = [f"{counted(len(lines), 'claim')} recorded, {len(surprises)} not as expected"]
    for line in surprises:
        text += wrapped(f"unexpected: {line.label} came out {line.verdict}, expected {line.expected}", later="    ")
    value = [{"label": line.label, "verdict": line.verdict, "trusts": list(line.trusts)} for line in lines.values()]
    deliver(value, json, "\n".join(map(paint, text)) + "\n")
    return 1 if surprises else 0
