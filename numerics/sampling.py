"""Black boxes: falsified with Hypothesis, at best supported; refuted only where they compute with exact fractions.

Cases hold ties, zeros, near vertices, many classes, temperatures near 1, huge and tiny.  A case that breaks a
label in floats beyond rounding is a challenge; rechecked in exact fractions it is a refutation.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any, Final

from numerics import hunt
from numerics.budget import Deadline
from numerics.images import NoValue, float_image
from theorems.axiom import Axiom
from theorems.catalogue import ORDER, axioms
from theorems.operator import Operator
from theorems.report import Finding
from theorems.verdict import Challenged, OutOfScope, Refuted, Supported, Undecided

TOLERANCE: Final = 1e-7
EXAMPLES: Final = 60
EXACT_TRIES: Final = 2000
Keep = Callable[[str, Finding], None]


def falsify(operator: Operator, keep: Keep, end: Deadline, seed: int) -> None:
    """The finding on every label, handed to `keep` one by one."""
    broken = False
    for count, label in enumerate(ORDER):
        start, axiom = time.monotonic(), axioms()[label]
        seconds = max(0.1, end.left() / (len(ORDER) - count) * 0.8)
        if broken:
            finding = Finding(OutOfScope("the map leaves the simplex, see prop:simplex"), "", "sampling")
        else:
            finding = examine(axiom, operator, seed, min(seconds, 4.0))
        broken = broken or (label == "prop:simplex" and isinstance(finding.verdict, (Refuted, Challenged)))
        keep(label, Finding(finding.verdict, finding.scope, finding.method, finding.trusts, time.monotonic() - start, None))


def examine(axiom: Axiom, operator: Operator, seed: int, seconds: float) -> Finding:
    """One label of a black box."""
    outside = axiom.out_of_scope(operator)
    if outside:
        return Finding(OutOfScope(outside), "", "sampling")
    if not hunt.hunts(axiom.label):
        return _SPECIAL[axiom.label](operator, Deadline.after(seconds))
    exactly = hunt.computes_exactly(operator)
    exact = hunt.hunt(axiom, operator, seed=seed, seconds=seconds / 2, least=1, tries=EXACT_TRIES) if exactly else None
    if exact is not None:
        return Finding(Refuted(hunt.exactly(exact)), "this point", "enclosure", ("exact fractions",))
    found, tried = search(axiom, operator, seed, seconds / 2)
    if tried == 0:
        return _silent(operator)
    if found is None:
        return Finding(Supported(f"{tried} cases, none breaks it"), f"{tried} cases", "sampling", ("floats",))
    return Finding(Challenged(hunt.exactly(found), "broken in floats beyond rounding; not rechecked exactly"), "this point", "sampling", ("floats",))


def search(axiom: Axiom, operator: Operator, seed: int, seconds: float) -> tuple[hunt.Witness | None, int]:
    """The simplest case that Hypothesis finds to break the label in floats, and how many cases had a value."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    end, best, tried = Deadline.after(seconds), list[hunt.Witness](), 0

    def judge(case: hunt.Witness) -> bool:
        nonlocal tried
        if end.left() <= 0 or not hunt.qualifies(operator, case):
            return False
        witness, score = hunt.scored(axiom, operator, case)
        tried += score > -1.0
        if score > TOLERANCE:
            best.append(witness)
        return score > TOLERANCE

    @seeded(seed)
    @settings(max_examples=EXAMPLES, database=None, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink])
    @given(cases(axiom.label, operator))
    def run(found: list[hunt.Witness]) -> None:
        assert not any(judge(case) for case in found)

    for case in itertools.islice(hunt.candidates(axiom.label, operator, random.Random(seed)), 300):
        if judge(case):
            return best[-1], tried
    if tried == 0:
        return None, 0
    try:
        run()
    except AssertionError:
        pass
    except Exception:  # a flaky callable: what it broke is kept
        pass
    return (best[-1] if best else None), tried


def cases(label: str, operator: Operator) -> Any:
    """A Hypothesis strategy of candidate witnesses against a label."""
    from hypothesis import strategies as st

    heats, all_laws = hunt.temperatures(operator), hunt.laws(operator)
    close = [t for t in (Fraction(10**6 + 1, 10**6), Fraction(10**6 - 1, 10**6), Fraction(1, 1000), Fraction(10**6)) if t in operator.domain]

    def build(weights: list[int], heat: Fraction, shape: int) -> list[hunt.Witness]:
        if shape == 1:
            weights = [*weights, weights[0]]  # a tie
        if shape == 2:
            weights = [10**9, *weights]  # near a vertex
        if shape == 3:
            weights = [*weights, *[1] * 500]  # many classes
        law = tuple(Fraction(w, sum(weights)) for w in weights)
        return list(itertools.islice(hunt.built(label, law, heat, heats, all_laws), 6))

    usual = st.fractions(min_value=Fraction(1, 100), max_value=100, max_denominator=100).filter(lambda t: t in operator.domain)
    heat = st.one_of(st.sampled_from([*heats, *close]), usual)
    weights = st.lists(st.integers(0, 1000), min_size=2, max_size=6).filter(any)
    return st.builds(build, weights, heat, st.integers(0, 3))


def _image(operator: Operator, law: tuple[Fraction, ...], heat: Fraction) -> list[float] | None:
    try:
        return float_image(operator, law, heat)
    except NoValue:
        return None


def _boundary(operator: Operator, end: Deadline, *, hot: bool, face: bool = False) -> Finding:
    """How far images at three extreme temperatures stay from the limit law."""
    laws = [law for law in hunt.LAWS if len(law) <= 4 and (face or not hot or min(law) > 0)]
    tried = 0
    for law in laws:
        if end.left() <= 0:
            break
        size, top = len(law), max(law)
        goal = [1 / size] * size if hot else [float(entry == top) / law.count(top) for entry in law]
        far = []
        for step in (10**4, 10**6, 10**8):
            found = _image(operator, law, Fraction(step) if hot else Fraction(1, step))
            if found is not None:
                far.append(sum(abs(a - b) for a, b in zip(found, goal, strict=True)))
        tried += len(far)
        if len(far) == 3 and far[-1] > 0.05 and far[-1] > 0.7 * far[0]:
            witness = hunt.exactly({"p": law, "T": Fraction(10**8) if hot else Fraction(1, 10**8)})
            return Finding(Challenged(witness, f"at this T the image is still {far[-1]:.3g} in l1 from the limit law"), "", "sampling", ("floats",))
    if tried == 0:
        return _silent(operator)
    return Finding(Supported(f"{tried} images at extreme temperatures come near the limit law"), f"{tried} cases", "sampling", ("floats",))


def _continuity(operator: Operator, end: Deadline) -> Finding:
    """Pairs of laws 10^-12 apart, well inside or across a tie, at moderate temperatures."""
    small, tried = Fraction(1, 10**12), 0
    for law in (law for law in hunt.LAWS if min(law) >= Fraction(1, 100) and len(law) <= 6):
        for i, j in itertools.permutations(range(len(law)), 2):
            other = tuple(entry + (small if k == i else -small if k == j else 0) for k, entry in enumerate(law))
            for heat in (t for t in hunt.temperatures(operator) if Fraction(1, 2) <= t <= 4):
                if end.left() <= 0:
                    break
                first, second = _image(operator, law, heat), _image(operator, other, heat)
                if first is None or second is None:
                    continue
                tried += 1
                gap = max(abs(a - b) for a, b in zip(first, second, strict=True))
                if gap > 1e-3:
                    witness = {"p": law, "q": other, "T": heat, "gap": Fraction(int(gap * 1000), 1000)}
                    return _challenge(witness, "laws 1e-12 apart have images a gap apart")
    return Finding(Supported(f"{tried} close pairs, no jump"), f"{tried} cases", "sampling", ("floats",)) if tried else _silent(operator)


def _lipschitz(operator: Operator, end: Deadline) -> Finding:
    """Difference quotients at a vertex along e = 10^-3, 10^-6, 10^-9, where they must stay bounded."""
    tried = 0
    for heat in (t for t in hunt.temperatures(operator) if t != 1):
        if end.left() <= 0:
            break
        ratios = []
        for digits in (3, 6, 9):
            small = Fraction(1, 10**digits)
            first, second = _image(operator, (Fraction(1), Fraction(0)), heat), _image(operator, (1 - small, small), heat)
            if first is not None and second is not None:
                ratios.append(sum(abs(a - b) for a, b in zip(first, second, strict=True)) / (2 * float(small)))
        tried += len(ratios)
        if len(ratios) == 3 and ratios[1] > 3 * ratios[0] and ratios[2] > 3 * ratios[1]:
            witness = {"p": (Fraction(1), Fraction(0)), "q": (1 - small, small), "T": heat, "ratio": Fraction(int(ratios[2]))}
            return _challenge(witness, "difference quotients grow without a sign of a bound")
    return Finding(Supported(f"{tried} difference quotients stay bounded"), f"{tried} cases", "sampling", ("floats",)) if tried else _silent(operator)


def _challenge(witness: hunt.Witness, reason: str) -> Finding:
    return Finding(Challenged(hunt.exactly(witness), reason), "this point", "sampling", ("floats",))


def _silent(operator: Operator) -> Finding:
    """No image could be computed; says what happened to the simplest one."""
    try:
        float_image(operator, (Fraction(2, 3), Fraction(1, 3)), Fraction(1))
        fault = "too few cases fitted the budget"
    except NoValue as error:
        fault = f"at p = (2/3, 1/3), T = 1: {' '.join(str(error).split())}"
    return Finding(Undecided(f"the callable gave no value in any case ({fault})"), "", "sampling")


_SPECIAL: Final[dict[str, Callable[[Operator, Deadline], Finding]]] = {
    "ax:boundary-hot": partial(_boundary, hot=True),
    "ax:boundary-hot-face": partial(_boundary, hot=True, face=True),
    "ax:boundary-cold": partial(_boundary, hot=False),
    "ax:continuity": _continuity,
    "prop:lipschitz": _lipschitz,
}
