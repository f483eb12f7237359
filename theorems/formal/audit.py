"""Ask the kernel what each theorem says and what it rests on, and write it down.

`Check` prints the statement, `Print Assumptions` the axioms.  Only the four of `AXIOMS` are accepted: a fifth, whatever
it is, stops the recording.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from theorems.errors import OverproofError
from theorems.evidence import write_atomically
from theorems.formal.build import compile_wing, coq_version, run_coq, stamp
from theorems.formal.compared import rests
from theorems.formal.recorded import RECORD, Recorded, RecordedTheorem
from theorems.formal.sources import FOLDER, LIBRARY, Source, Wing

#: Every axiom that a theorem of the wing may rest on, and why it is accepted.
AXIOMS: Mapping[str, str] = {
    "ClassicalDedekindReals.sig_forall_dec": "the standard library's reals: decidable statements hold for every n or fail for some n",
    "ClassicalDedekindReals.sig_not_dec": "the standard library's real numbers: a negated statement is decided",
    "FunctionalExtensionality.functional_extensionality_dep": "functions with equal values are equal",
    "Classical_Prop.classic": "excluded middle, used by the standard library's analysis and by Coquelicot",
}

_MARK = "@@theorem "
_WORKERS = 2


def _script(source: Source) -> str:
    asks = "".join(
        f'Goal True. idtac "{_MARK}{index}". Abort.\nCheck {t.file}.{t.name}.\n'
        f'Goal True. idtac "@@axioms". Abort.\nPrint Assumptions {t.file}.{t.name}.\n'
        for index, t in enumerate(source.theorems)
    )
    return (
        "From Coq Require Import Reals List.\nSet Warnings \"-ambiguous-paths\".\n"
        f"From {LIBRARY} Require Import {' '.join([*source.requires, source.name])}.\nOpen Scope R_scope.\nSet Printing Width 110.\n{asks}"
    )


def _answers(source: Source, build: Path) -> str:
    """What Coq prints for one file's theorems; kept until the file, a requirement or Coq changes."""
    kept, head = build / f"{source.name}.audit", f"{stamp(source)}\n"
    if kept.exists() and (text := kept.read_text(encoding="utf-8")).startswith(head):
        return text[len(head) :]
    text = run_coq(_script(source), f"audit_of_{source.name}", build)
    kept.write_text(head + text, encoding="utf-8")
    return text


def axioms_of(printed: str) -> tuple[str, ...]:
    """The names in the answer of `Print Assumptions`: every line that is not indented starts one."""
    if printed.strip() == "Closed under the global context":
        return ()
    names = [line.split()[0] for line in printed.splitlines() if line and not line[0].isspace()]
    if not names or names[0] != "Axioms:":
        raise OverproofError(f"Print Assumptions answered something unknown: {printed.strip()[:200]}")
    return tuple(sorted(names[1:]))


def _statement(checked: str) -> str:
    """The type that `Check` printed, in Coq's own lines, without the name in front."""
    return textwrap.dedent(" " * 7 + re.sub(r"^\d+\s+\S+\s*:\s*", "", checked.strip(), count=1))


def _audit_file(source: Source, sources: Mapping[str, Source], build: Path) -> list[RecordedTheorem]:
    answers = _answers(source, build).split(_MARK)[1:]
    if len(answers) != len(source.theorems):
        raise OverproofError(f"the audit of {source.name}.v answered for another number of theorems than it was asked about")
    out = []
    for theorem, answer in zip(source.theorems, answers, strict=True):
        checked, printed = answer.split("@@axioms", 1)
        axioms = axioms_of(printed.lstrip("\n"))
        if unlisted := [name for name in axioms if name not in AXIOMS]:
            raise OverproofError(f"{theorem.key} ({theorem.file}.v, {theorem.name}) rests on the unlisted axiom {unlisted[0]}")
        statement = _statement(checked)
        out.append(RecordedTheorem(
            key=theorem.key, label=theorem.label, part=theorem.part, kind=theorem.kind, file=theorem.file, name=theorem.name,
            sentence=theorem.sentence, statement=statement, rests=rests(statement, source, sources), axioms=axioms,
        ))
    return out


def audit(wing: Wing, build: Path) -> tuple[RecordedTheorem, ...]:
    """Statement and axioms of every theorem of the compiled wing; an unlisted axiom is an error."""
    sources = [source for source in wing.sources.values() if source.theorems]
    with ThreadPoolExecutor(_WORKERS) as pool:
        return tuple(theorem for found in pool.map(lambda source: _audit_file(source, wing.sources, build), sources) for theorem in found)


def record(folder: Path = FOLDER, build: Path | None = None) -> Recorded:
    """Compile, audit, and write `evidence.json` beside the sources."""
    build = build or folder / ".build"
    wing = compile_wing(folder, build)
    recorded = Recorded(
        coq=coq_version(), files={name: (source.sha256, source.closure) for name, source in wing.sources.items()},
        theorems=audit(wing, build), partial=dict(wing.partial), axioms=dict(AXIOMS),
    )
    write_atomically(folder / RECORD, recorded.to_json())
    return recorded
