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
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, final

import sympy as sp

from numerics.box import box_scope
from numerics.budget import Deadline, TimedOut, WorkerFailed, interrupt_within, run_within
from theorems.axiom import Axiom, Reduction
from theorems.catalogue import ORDER, axioms
from theorems.conditions import OPEN, is_defined, parts
from theorems.errors import OverproofError
from theorems.evidence import Certificate, digest
from theorems.logic import All, ForAll, gt
from theorems.operator import BlackBox, Form, Generator, Operator, Separable, Vector, p
from theorems.report import Finding, Report
from theorems.verdict import OutOfScope, Proved, Refuted, Undecided

BUDGET: Final = 20.0
#: Statements that a box cannot show: T leaves it, or images do.
_BEYOND_A_BOX: Final = ("ax:boundary-hot", "ax:boundary-hot-face", "ax:boundary-cold", "prop:semigroup")


def verify(operator: Operator, *, budget: float | None = None, seed: int = 0) -> Report:
    """The report on `operator`; labels that the budget (seconds of work) leaves open are undecided, never guessed."""
    start, seconds = time.monotonic(), BUDGET if budget is None else float(budget)
    if not seconds > 0:
        raise OverproofError(f"a budget of {seconds:g} s is none; give a positive number of seconds")
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "findings"
        try:
            run_within(_worker, (operator, notes, seconds, seed), seconds + 0.5)
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


def _worker(operator: Operator, notes: Path, seconds: float, seed: int) -> None:
    end = Deadline.after(seconds)
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
        inquiry.share_entropy_witness()


@final
@dataclass
class Inquiry:
    """The findings on one operator, each made once and on demand; parts of a combination have their own."""

    operator: Operator
    end: Deadline
    seed: int = 0
    keep: Callable[[str, Finding], None] = lambda label, finding: None
    axioms: Mapping[str, Axiom] = field(default_factory=axioms)

    def __post_init__(self) -> None:
        from numerics.decide import Decider

        form = self.operator.form
        whole = not isinstance(form, Vector)  # vectors have boxes of their own
        seconds = min(max(4.0, self.left() / 10), max(self.left() / (4 if whole else 10), 0.2))
        self.decider = Decider(seed=self.seed, seconds=seconds, bisects=whole, boxed=isinstance(form, Separable), operator=self.operator.digest())
        self.patience = max(8.0, self.left() / 4)
        self.known: dict[str, Finding] = {}
        self.images: dict[tuple[float, ...], list[float]] = {}  # what hunts of different labels share
        self.boxed: dict[str, Finding] = {}  # what stands if nothing better is found in time
        self.parts = [Inquiry(part, self.end, self.seed, axioms=self.axioms) for part in parts(self.operator.form)]

    def left(self) -> float:
        return self.end.left()

    def finding(self, label: str) -> Finding:
        """The finding on a label, or on `n/label` of the n-th part."""
        if "/" in label:
            number, inner = label.split("/")
            return self.parts[int(number)].finding(inner)
        if label not in self.known:
            start = time.monotonic()
            self.known[label] = Finding(Undecided("its reductions need each other"), "", "symbolic")
            seconds = min(max(self.left() / 3, 0.3), self.patience)
            try:
                made = interrupt_within(self.make, (self.axioms[label],), seconds)
            except TimedOut:
                made = self.boxed.get(label) or Finding(Undecided(f"no engine settled it in {seconds:.1f} s"), "", "symbolic")
            except Exception as fault:  # a crash of an engine decides nothing
                made = Finding(Undecided(f"an engine failed: {type(fault).__name__}: {fault}"[:200]), "", "symbolic")
            except BaseException:
                del self.known[label]
                raise
            self.known[label] = Finding(made.verdict, made.scope, made.method, made.trusts, time.monotonic() - start, made.certificates)
            self.keep(label, self.known[label])
        return self.known[label]

    def share_entropy_witness(self) -> None:
        """What lowers entropy is not majorised either, for entropy is Schur-concave: the same numbers refute both."""
        from numerics import hunt

        lowered, open_ = self.finding("ax:entropy").verdict, self.finding("prop:majorisation")
        if not isinstance(lowered, Refuted) or not isinstance(open_.verdict, Undecided) or self.left() <= 0:
            return
        axiom, exact = self.axioms["prop:majorisation"], dict(lowered.witness)
        witness = {**exact, "p": [Fraction(x) for x in exact["p"]], **{n: Fraction(exact[n]) for n in ("T", "T2")}}  # type: ignore[union-attr, arg-type]
        if hunt.confirmed(axiom, self.operator, witness):
            evidence = certificate(self.operator, axiom.label, exact)
            found = Finding(Refuted(exact), "this point", "enclosure", ("arb",), open_.seconds, evidence)
            self.known[axiom.label] = found
            self.keep(axiom.label, found)

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
                proved, reason = self.prove(axiom, reduction, thorough)
                if proved is not None:
                    return proved
                reasons.append(reason)
            if not thorough and not axiom.label.startswith("ax:boundary"):
                refuted = self.refute(axiom)
                if refuted is not None:
                    return refuted
            if not thorough and isinstance(self.operator.form, Vector):
                from numerics.vectors import enclose

                on_the_box = enclose(axiom, self.operator, self.left() / 6)
                if on_the_box is not None:
                    self.boxed[axiom.label] = on_the_box
        if axiom.label in self.boxed:
            return self.boxed[axiom.label]
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

    def prove(self, axiom: Axiom, reduction: Reduction, thorough: bool) -> tuple[Finding | None, str]:
        """A proof by the reduction, or the reason why it gives none."""
        from numerics.decide import weakest

        trusts, methods, scope, boxed = [*reduction.cites], ["symbolic"], reduction.scope, False
        certificates: list[Certificate] = []
        for label in reduction.needs:
            needed = self.finding(label)
            if not isinstance(needed.verdict, Proved):
                return None, f"it needs {label}, which is not proved"
            trusts += needed.trusts
            if scope == "all V" and not needed.scope.startswith("all V"):
                scope = needed.scope
            methods.append(needed.method)
            certificates += needed.certificates
            boxed = boxed or on_box(needed)
        for condition in reduction.conditions:
            decision = self.decider.decide(condition, thorough=thorough)
            if not decision.shown:
                return None, decision.reason
            trusts += decision.trusts
            methods.append(decision.method)
            certificates += decision.certificates
            boxed = boxed or decision.boxed
        if boxed and (axiom.label in _BEYOND_A_BOX or any("/" in label for label in reduction.needs)):
            return None, "it needs a condition that is shown on a box only"
        if boxed:
            scope = box_scope(self.operator.domain.low, self.operator.domain.high)
        once = {one.body["seal"]: one for one in certificates}
        return Finding(Proved(), scope, weakest(methods), tuple(dict.fromkeys(trusts)), 0.0, tuple(once.values())), ""

    def refute(self, axiom: Axiom) -> Finding | None:
        """A finding from a rechecked witness."""
        from numerics import hunt, limits

        seconds = max(0.2, min(0.6, self.left() / 8))
        if axiom.label.startswith("ax:boundary"):
            witness = limits.refute_boundary(axiom, self.operator)
            trusts: tuple[str, ...] = ("sympy.limit", "arb")
            method = "symbolic"
        elif axiom.label == "prop:lipschitz":
            witness = limits.refute_lipschitz(axiom, self.operator)
            trusts = ("sympy.limit", "arb")
            method = "symbolic"
        elif hunt.hunts(axiom.label):
            witness = hunt.hunt(axiom, self.operator, seed=self.seed, seconds=seconds, images=self.images)
            trusts = ("arb",)
            method = "enclosure"
        else:
            return None
        if witness is None:
            return None
        exact = hunt.exactly(witness)
        return Finding(Refuted(exact), "this point", method, trusts, 0.0, certificate(self.operator, axiom.label, exact))


def on_box(finding: Finding) -> bool:
    """Whether a proof covers a box of laws and temperatures only."""
    return " in [" in finding.scope


def written(form: Form) -> bool:
    """Whether the form is a formula through and through, without a callable in it."""
    return not isinstance(form, BlackBox) and all(written(part.form) for part in parts(form))


def certificate(operator: Operator, label: str, witness: Mapping[str, Any]) -> tuple[Certificate, ...]:
    """What `overproof check` replays, for operators that are given by a formula."""
    if not written(operator.form):
        return ()
    from numerics.checker import seal

    shape = {"form": operator.form_name, "expression": operator.expression(), "domain": list(operator.domain.pair())}
    claim = {"axiom": label, "operator": shape}
    unsealed = Certificate("witness", claim, digest(claim), operator.digest(), 256, {"witness": dict(witness)})
    return (replace(unsealed, body={"witness": dict(witness), "seal": seal(unsealed)}),)
