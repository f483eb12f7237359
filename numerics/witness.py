"""Re-evaluates witnesses against axioms, from the operator's text and the witness's exact numbers.  Trusted.

Every number is a string; `check_witness` encloses both sides with 700 bits and says `Refuted` only where the
enclosures show the violation.  Limits (boundaries, unbounded difference quotients) are taken again by
`numerics.limit_laws`, which trusts `sympy.limit`, and count only where enclosures run into them.  One pair of points
refutes no continuity: there the numbers are rechecked, and the verdict stays undecided with that reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

import sympy as sp
from flint import arb, fmpq

from numerics.balls import precision, rational
from numerics.enclosure import Closed, Pair
from numerics.formula import Formula
from numerics.limit_laws import limit_law, steep
from theorems.compile import compile_expressions
from theorems.evidence import digest
from theorems.parse import parse_expression
from theorems.verdict import Refuted, Undecided, Verdict

BITS: Final = 700
CLOSED: Final = Closed()
Numbers = Mapping[str, Any]


def check_witness(claim: Numbers, operator_digest: str, witness: Numbers) -> Verdict:
    """The verdict on `claim` = {axiom, operator: {form, expression, domain}} by its witness."""
    operator = {key: claim["operator"][key] for key in ("form", "expression", "domain")}
    if digest(operator) != operator_digest:
        return Undecided("certificate rejected: the witness belongs to another operator")
    return recheck(claim["axiom"], operator, witness)


def recheck(axiom: str, operator: Numbers, witness: Numbers) -> Verdict:
    """Refuted if the witness shows that the operator breaks the axiom, else undecided with the reason."""
    test = TESTS.get(axiom)
    if test is None:
        return Undecided(f"no witness format is known for {axiom}")
    try:
        with precision(BITS):
            formula = Formula.from_json(operator)
            reason = test(formula, witness)
    except Exception as fault:  # a witness that cannot be evaluated decides nothing
        return Undecided(f"the witness cannot be evaluated: {type(fault).__name__}: {fault}")
    return Undecided(reason) if reason else Refuted(dict(witness))


def _vector(witness: Numbers, name: str) -> list[fmpq]:
    values = [rational(text) for text in witness[name]]
    if len(values) < 2 or not all(value >= 0 for value in values) or sum(values, fmpq(0)) != 1:
        raise ValueError(f"{name} is no probability vector")
    return values


def _temperature(formula: Formula, witness: Numbers, name: str = "T") -> fmpq:
    value = rational(witness[name])
    if not formula.has(value):
        raise ValueError(f"{name} = {value} lies outside the domain")
    return value


def _two_temperatures(formula: Formula, witness: Numbers) -> tuple[fmpq, fmpq]:
    first, second = _temperature(formula, witness), _temperature(formula, witness, "T2")
    if not second > first:
        raise ValueError("T2 must exceed T")
    return first, second


def _total(values: list[Pair]) -> Pair:
    total = CLOSED.constant(0, 1)
    for value in values:
        total = CLOSED.add(total, value)
    return total


def _entropy(image: list[Pair]) -> Pair:
    return CLOSED.negate(_total([CLOSED.xlogx(x) for x in image]))


def _differ(a: Pair, b: Pair) -> bool:
    return bool(a[1] < b[0] or b[1] < a[0])


def _distance(first: list[Pair], second: list[Pair]) -> Pair:
    return _total([CLOSED.absolute(CLOSED.subtract(a, b)) for a, b in zip(first, second, strict=True)])


def _points(values: list[fmpq]) -> list[Pair]:
    return [CLOSED.interval(x, x) for x in values]


def _some_differ(first: list[Pair], second: list[Pair]) -> str:
    return "" if any(_differ(a, b) for a, b in zip(first, second, strict=True)) else "the two sides are not shown to differ"


def ranking(formula: Formula, witness: Numbers) -> str:
    p, t, i, j = _vector(witness, "p"), _temperature(formula, witness), int(witness["i"]), int(witness["j"])
    if min(i, j) < 0 or not p[i] > p[j]:
        return "p_i does not exceed p_j"
    image = formula.image(p, t)
    if image[j][0] >= image[i][1]:
        return ""
    exact = formula.exact_image(p, t)
    tie = exact is not None and sp.simplify(exact[i] - exact[j]) == 0 and not _differ(image[i], image[j])
    return "" if tie and CLOSED.finite(image[i]) else "the order is not shown to be lost"


def entropy(formula: Formula, witness: Numbers) -> str:
    p, (t, t2) = _vector(witness, "p"), _two_temperatures(formula, witness)
    return "" if _entropy(formula.image(p, t2))[1] < _entropy(formula.image(p, t))[0] else "the entropy is not shown to fall"


def majorisation(formula: Formula, witness: Numbers) -> str:
    p, (t, t2) = _vector(witness, "p"), _two_temperatures(formula, witness)
    cooler, hotter = formula.image(p, t), formula.image(p, t2)
    if not all(CLOSED.finite(x) for x in (*cooler, *hotter)):
        return "an image is unknown"
    least = sorted((x[0] for x in hotter), reverse=True)  # ends are exact numbers: their order is decided
    most = sorted((x[1] for x in cooler), reverse=True)
    for k in range(1, len(p)):
        low, high = sum(least[:k], arb(0)).lower(), sum(most[:k], arb(0)).upper()
        if low > high:
            return ""
    return "no sum of the largest entries is shown to grow"


def identity(formula: Formula, witness: Numbers) -> str:
    p = _vector(witness, "p")
    return _some_differ(formula.image(p, fmpq(1)), _points(p))


def simplex(formula: Formula, witness: Numbers) -> str:
    p, t = _vector(witness, "p"), _temperature(formula, witness)
    image = formula.image(p, t)
    outside = any(x[1] < 0 for x in image) or (formula.form == "vector" and _differ(_total(image), CLOSED.constant(1, 1)))
    return "" if outside else "the image is not shown to leave the simplex"


def boundary(formula: Formula, witness: Numbers, *, hot: bool, face: bool = False) -> str:
    """The limit is the stated one, enclosures run into it, and it is not the one that the axiom asks for."""
    p, limit = _vector(witness, "p"), [parse_expression(text, ()) for text in witness["limit"]]
    if hot and not face and not all(x > 0 for x in p):
        return "p lies on the boundary, where this axiom is silent"
    if formula.domain[1 if hot else 0] != ("inf" if hot else "0"):
        return "the limit is no limit of the domain"
    largest = max(p)
    wanted = [fmpq(1, len(p)) if hot else fmpq(int(x == largest), p.count(largest)) for x in p]
    stated = [compile_expressions([x], (), fused=True).run(CLOSED)[0] for x in limit]
    if len(limit) != len(p) or not any(_differ(a, b) for a, b in zip(stated, _points(wanted), strict=True)):
        return "the stated limit is the one that the axiom asks for"
    found = limit_law(formula.shape(len(p)), [Fraction(int(x.p), int(x.q)) for x in p], hot)
    if found is None or any(a != b and sp.simplify(a - b) != 0 for a, b in zip(found, limit, strict=True)):
        return "the limit is not shown to be the stated one"
    gaps = []
    for step in (10**3, 10**6, 10**12) if formula.form in ("separable", "vector") else (10**2, 10**4):
        gap = _distance(formula.image(p, fmpq(step) if hot else fmpq(1, step)), stated)
        gaps += [gap[1]] if CLOSED.finite(gap) else []
    closing = all(later <= earlier + arb(fmpq(1, 10**30)) for earlier, later in pairwise(gaps[-2:]))
    return "" if gaps and closing and gaps[-1] < arb(fmpq(1, 20)) else "enclosures do not run into the stated limit"


def semigroup(formula: Formula, witness: Numbers) -> str:
    p, t, t2 = _vector(witness, "p"), _temperature(formula, witness), _temperature(formula, witness, "T2")
    if formula.form == "generator" or not formula.has(t * t2):
        return "T, T2 and their product must be temperatures of a separable or vector operator"
    return _some_differ(formula.image(formula.image(p, t), t2), formula.image(p, t * t2))


def equivariance(formula: Formula, witness: Numbers) -> str:
    """(F p)_s(i) against (F (p o s))_i for the permutation s."""
    p, t, order = _vector(witness, "p"), _temperature(formula, witness), [int(k) for k in witness["permutation"]]
    if sorted(order) != list(range(len(p))):
        return "the permutation is none"
    image = formula.image(p, t)
    return _some_differ(formula.image([p[k] for k in order], t), [image[k] for k in order])


def restriction(formula: Formula, witness: Numbers) -> str:
    p, t, subset = _vector(witness, "p"), _temperature(formula, witness), [int(k) for k in witness["subset"]]
    kept = [p[k] for k in subset]
    total = sum(kept, fmpq(0))
    if len(set(subset)) < len(subset) or min(subset) < 0 or len(subset) < 2 or not total > 0:
        return "the subset needs two different classes and some probability"
    image = [formula.image(p, t)[k] for k in subset]
    whole = _total(image)
    return _some_differ(formula.image([x / total for x in kept], t), [CLOSED.divide(x, whole) for x in image])


def affine(formula: Formula, witness: Numbers) -> str:
    p, q, t = _vector(witness, "p"), _vector(witness, "q"), _temperature(formula, witness)
    middle = formula.image([(a + b) / 2 for a, b in zip(p, q, strict=True)], t)
    sums = [CLOSED.add(a, b) for a, b in zip(formula.image(p, t), formula.image(q, t), strict=True)]
    return _some_differ([CLOSED.add(x, x) for x in middle], sums)


def _divergence(first: list[Pair], second: list[Pair]) -> Pair:
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if not (a[0] == 0 and a[1] == 0)]  # 0 log 0 = 0
    return _total([CLOSED.multiply(a, CLOSED.log(CLOSED.divide(a, b))) for a, b in pairs])


def kl(formula: Formula, witness: Numbers) -> str:
    p, q, t = _vector(witness, "p"), _vector(witness, "q"), _temperature(formula, witness)
    after = _divergence(formula.image(p, t), formula.image(q, t))
    before = CLOSED.multiply(_divergence(_points(p), _points(q)), CLOSED.interval(*(max(rational(witness.get("ratio", 1)), fmpq(1)),) * 2))
    return "" if after[0] > before[1] else "the divergence is not shown to grow by the ratio"


def lipschitz(formula: Formula, witness: Numbers) -> str:
    """The ratio is reached, and along (1 - e, e) -> (1, 0) the ratios grow without bound as e falls to 0."""
    p, q, t, ratio = _vector(witness, "p"), _vector(witness, "q"), _temperature(formula, witness), rational(witness["ratio"])
    if not _ratio(formula, p, q, t)[0] >= ratio:
        return "the ratio is not shown to be reached"
    if p != [1, 0] or q[1] == 0 or not steep(formula.shape(2), Fraction(int(t.p), int(t.q))):
        return "the numbers hold, but one pair refutes only constants below its ratio"
    smaller = [_ratio(formula, p, [1 - small, small], t) for small in (q[1], q[1] / 10**4, q[1] / 10**8)]
    growing = all(later[0] > earlier[1] for earlier, later in pairwise(smaller))
    return "" if growing else "the ratios are not shown to grow"


def _ratio(formula: Formula, p: list[fmpq], q: list[fmpq], t: fmpq) -> Pair:
    return CLOSED.divide(_distance(formula.image(p, t), formula.image(q, t)), _distance(_points(p), _points(q)))


def continuity(formula: Formula, witness: Numbers) -> str:
    p, q, t, gap = _vector(witness, "p"), _vector(witness, "q"), _temperature(formula, witness), rational(witness["gap"])
    if not _distance(formula.image(p, t), formula.image(q, t))[0] >= CLOSED.interval(gap, gap)[1]:
        return "the gap is not shown to be reached"
    return "the numbers hold, but one pair of points shows no jump"


TESTS: Final[dict[str, Callable[[Formula, Numbers], str]]] = {
    "ax:ranking": ranking, "ax:entropy": entropy, "prop:majorisation": majorisation, "ax:identity": identity,
    "prop:simplex": simplex, "ax:continuity": continuity, "prop:semigroup": semigroup, "prop:equivariance": equivariance,
    "prop:restriction": restriction, "prop:affine": affine, "prop:lipschitz": lipschitz, "prop:kl-nonexpansive": kl,
    "ax:boundary-hot": lambda f, w: boundary(f, w, hot=True),
    "ax:boundary-hot-face": lambda f, w: boundary(f, w, hot=True, face=True),
    "ax:boundary-cold": lambda f, w: boundary(f, w, hot=False),
}
