"""verify(operator) -> Report: the verdict on every axiom and property, with the evidence it was earned by.

For each label: a reduction all of whose conditions are shown proves it for all V; else a rechecked witness
refutes it; else it stays undecided with the reason.  Everything runs in a child process within the budget;
what is finished when the budget ends is kept.
"""

from __future__ import annotations

import pickle
import platform
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, final

import sympy as sp

from numerics.budget import TimedOut, WorkerFailed, interrupt_within, run_within
from theorems.axiom import Axiom, Reduction
from theorems.catalogue import ORDER, axioms
from theorems.conditions import OPEN, is_defined, parts
from theorems.errors import OverproofError
from theorems.evidence import Certificate, digest
from theorems.logic import All, ForAll, gt
from theorems.operator import BlackBox, Generator, Operator, Vector, p
from theorems.report import Finding, Report
from theorems.verdict import OutOfScope, Proved, Refuted, Undecided

BUDGET: Final = 20.0
_FORMULAS: Final = ("separable", "generator", "vector")
_LIMITS: Final = ("ax:boundary-hot", "ax:boundary-hot-face", "ax:boundary-cold", "prop:lipschitz", "ax:continuity")


def verify(operator: Operator, *, budget: float | None = None, seed: int = 0) -> Report:
    """The report on `operator`; labels that the budget (seconds) leaves open are undecided, never guessed."""
    start, seconds = time.monotonic(), BUDGET if budget is None else float(budget)
    if not seconds > 0:
        raise OverproofError(f"a budget of {seconds:g} s is none; give a positive number of seconds")
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "findings"
        try:
            run_within(_worker, (operator, notes, start + seconds, seed), seconds + 0.5)
            fault = "not examined"
        except TimedOut:
            fault = f"the budget of {seconds:g} s was spent"
        except WorkerFailed as failure:
            fault = str(failure)
        found = _read(notes)
    missing = {label: Finding(Undecided(fault), "", "symbolic") for label in ORDER if label not in found}
    verdicts = {label: found.get(label) or missing[label] for label in ORDER}
    return Report(operator, verdicts, time.monotonic() - start, environment())


def environment() -> dict[str, str]:
    """Versions of what the verdicts rest on."""
    import flint

    return {"python": platform.python_version(), "sympy": sp.__version__, "python-flint": flint.__version__}


def _read(notes: Path) -> dict[str, Finding]:
    """Every finding that the worker finished writing."""
    found: dict[str, Finding] = {}
    if notes.exists():
        with notes.open("rb") as stream:
            try:
                while True:
                    label, finding = pickle.load(stream)
                    found[label] = finding
            except (EOFError, pickle.UnpicklingError):
                pass
    return found


def _worker(operator: Operator, notes: Path, end: float, seed: int) -> None:
    with notes.open("ab") as stream:
        def keep(label: str, finding: Finding) -> None:
            pickle.dump((label, finding), stream)
            stream.flush()

        if isinstance(operator.form, BlackBox):
            from numerics.sampling import falsify

            falsify(operator, keep, end, seed)
            return
        inquiry = Inquiry(operator, end, seed, keep)
        for label in ORDER:
            inquiry.finding(label)


@final
@dataclass
class Inquiry:
    """The findings on one operator, each made once and on demand; parts of a combination have their own."""

    operator: Operator
    end: float
    seed: int = 0
    keep: Callable[[str, Finding], None] = lambda label, finding: None
    axioms: Mapping[str, Axiom] = field(default_factory=axioms)

    def __post_init__(self) -> None:
        from numerics.decide import Decider

        self.decider = Decider(seed=self.seed, seconds=min(4.0, max(self.left() / 4, 0.2)))
        self.known: dict[str, Finding] = {}
        self.parts = [Inquiry(part, self.end, self.seed, axioms=self.axioms) for part in parts(self.operator.form)]

    def left(self) -> float:
        return self.end - time.monotonic()

    def finding(self, label: str) -> Finding:
        """The finding on a label, or on `n/label` of the n-th part."""
        if "/" in label:
            number, inner = label.split("/")
            return self.parts[int(number)].finding(inner)
        if label not in self.known:
            start = time.monotonic()
            self.known[label] = Finding(Undecided("its reductions need each other"), "", "symbolic")
            seconds = min(max(self.left() / 3, 0.3), 8.0)
            try:
                made = interrupt_within(self.make, (self.axioms[label],), seconds)
            except TimedOut:
                made = Finding(Undecided(f"no engine settled it in {seconds:.1f} s"), "", "symbolic")
            except BaseException:
                del self.known[label]
                raise
            self.known[label] = Finding(made.verdict, made.scope, made.method, made.trusts, time.monotonic() - start, made.certificate)
            self.keep(label, self.known[label])
        return self.known[label]

    def make(self, axiom: Axiom) -> Finding:
        outside = axiom.out_of_scope(self.operator)
        if outside:
            return Finding(OutOfScope(outside), "", "symbolic")
        if self.left() <= 0:
            return Finding(Undecided("the budget was spent"), "", "symbolic")
        if axiom.label != "prop:simplex" and isinstance(self.finding("prop:simplex").verdict, Refuted):
            return Finding(OutOfScope("the map leaves the simplex, see prop:simplex"), "", "symbolic")
        fault = self.no_generator()
        if fault:
            return Finding(Undecided(fault), "", "symbolic")
        reductions = [r for form in (self.operator.form, *self.operator.also) for r in axiom.reductions(self.operator, form)]
        reasons: list[str] = []
        if axiom.label.startswith("ax:boundary"):  # one limit at one point is quicker than a limit for all
            refuted = self.refute(axiom)
            if refuted is not None:
                return refuted
        for thorough in (False, True):
            for reduction in reductions:
                proved, reason = self.prove(reduction, thorough)
                if proved is not None:
                    return proved
                reasons.append(reason)
            if not thorough and not axiom.label.startswith("ax:boundary"):
                refuted = self.refute(axiom)
                if refuted is not None:
                    return refuted
        if isinstance(self.operator.form, Vector):
            from numerics.vectors import enclose

            boxed = enclose(axiom, self.operator, self.left() / 2)
            if boxed is not None:
                return boxed
        reason = reasons[0] if reasons else "there is no criterion for this form"
        return Finding(Undecided(f"{reason}; and no witness was found"), "", "symbolic")

    def no_generator(self) -> str:
        """Why the generator generates nothing, or ''."""
        form = self.operator.form
        if not isinstance(form, Generator):
            return ""
        decision = self.decider.decide(ForAll((p,), OPEN, All(is_defined(form.phi), gt(sp.diff(form.phi, p), 0))))
        if decision.shown:
            return ""
        return f"phi is not shown to be strictly increasing on (0, 1), so it may have no inverse ({decision.reason}); if it falls, write -phi"

    def prove(self, reduction: Reduction, thorough: bool) -> tuple[Finding | None, str]:
        """A proof by the reduction, or the reason why it gives none."""
        trusts, method, scope = [*reduction.cites], "symbolic", reduction.scope
        for label in reduction.needs:
            needed = self.finding(label)
            if not isinstance(needed.verdict, Proved):
                return None, f"it needs {label}, which is not proved"
            trusts += needed.trusts
            if scope == "all V" and not needed.scope.startswith("all V"):
                scope = needed.scope
            method = "smt" if needed.method == "smt" else method
        for condition in reduction.conditions:
            decision = self.decider.decide(condition, thorough=thorough)
            if not decision.shown:
                return None, decision.reason
            trusts += decision.trusts
            method = "smt" if decision.method == "smt" else method
        return Finding(Proved(), scope, method, tuple(dict.fromkeys(trusts))), ""

    def refute(self, axiom: Axiom) -> Finding | None:
        """A finding from a rechecked witness."""
        from numerics import hunt, limits

        seconds = max(0.2, min(1.0, self.left() / 8))
        if axiom.label.startswith("ax:boundary"):
            witness = limits.refute_boundary(axiom, self.operator)
            trusts: tuple[str, ...] = ("sympy.limit", "arb")
            method = "symbolic"
        elif axiom.label == "prop:lipschitz":
            witness = limits.refute_lipschitz(axiom, self.operator)
            trusts = ("sympy.limit", "arb")
            method = "symbolic"
        elif hunt.hunts(axiom.label):
            witness = hunt.hunt(axiom, self.operator, seed=self.seed, seconds=seconds)
            trusts = ("arb",)
            method = "enclosure"
        else:
            return None
        if witness is None:
            return None
        exact = hunt.exactly(witness)
        return Finding(Refuted(exact), "this point", method, trusts, 0.0, certificate(self.operator, axiom.label, exact))


def certificate(operator: Operator, label: str, witness: Mapping[str, Any]) -> Certificate | None:
    """What `overproof check` replays, for operators that are given by a formula."""
    if operator.form_name not in _FORMULAS or label in _LIMITS:
        return None
    from numerics.checker import seal

    shape = {"form": operator.form_name, "expression": operator.expression(), "domain": list(operator.domain.pair())}
    claim = {"axiom": label, "operator": shape}
    unsealed = Certificate("witness", claim, digest(claim), operator.digest(), 256, {"witness": dict(witness)})
    return Certificate("witness", claim, unsealed.claim_digest, unsealed.operator_digest, 256, {"witness": dict(witness), "seal": seal(unsealed)})
