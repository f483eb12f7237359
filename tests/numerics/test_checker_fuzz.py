"""Random claims: whatever the checker proves or refutes, mpmath agrees at exact points.  A false "proved" is the worst bug."""

import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import mpmath
import pytest
import sympy as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numerics.checker import check_certificate, seal
from numerics.search import certify
from theorems.boxclaim import box_claim
from theorems.errors import OverproofError
from theorems.evidence import Certificate
from theorems.verdict import Proved, Refuted, Undecided

x, y = sp.Symbol("x", real=True), sp.Symbol("y", real=True)
UNARY = (sp.exp, sp.log, sp.sin, sp.cos, sp.tan, sp.atan, sp.sinh, sp.cosh, sp.tanh, sp.Abs, sp.sqrt, lambda a: a * sp.log(a), lambda a: a**2, lambda a: a**3)
BINARY = (sp.Add, sp.Mul, lambda a, b: a - b, lambda a, b: a / b, sp.Max, sp.Min, lambda a, b: a / (a + b), lambda a, b: a ** sp.Abs(b))



def applied(function, *arguments):
    """The formula, or NaN where SymPy refuses it (Max of an infinity)."""
    try:
        return function(*arguments)
    except (TypeError, ValueError):
        return sp.nan


leaves = st.one_of(st.sampled_from([x, y, x, y, 1 - x, 1 - y]), st.fractions(-3, 3, max_denominator=7).map(lambda f: sp.Rational(f.numerator, f.denominator)))
formulas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(UNARY), inner).map(lambda t: applied(t[0], t[1])),
        st.tuples(st.sampled_from(BINARY), inner, inner).map(lambda t: applied(t[0], t[1], t[2])),
    ),
    max_leaves=7,
)
ends = st.tuples(st.fractions(-2, 2, max_denominator=6), st.fractions(-2, 2, max_denominator=6)).map(sorted)


def values(formula, box, seed):
    """The formula by SymPy's own evaluation to 50 digits at the corners and random exact points of the box."""
    generator = random.Random(seed)
    weights = [(Fraction(a), Fraction(b)) for a in (0, 1) for b in (0, 1)]
    weights += [(Fraction(generator.randrange(101), 100), Fraction(generator.randrange(101), 100)) for _ in range(8)]
    for a, b in weights:
        at = {s: sp.Rational(str(low + w * (high - low))) for (s, (low, high)), w in zip(box.items(), (a, b))}
        value = formula.subs(at)
        yield sp.N(value, 50) if value.is_finite is not False else value


def violated(value, relation):
    """Is the value surely no real number that satisfies the relation?  0 log 0 is left out: its limit is meant."""
    if value is sp.nan or not value.is_number:
        return False
    if not value.is_real:
        return abs(sp.im(value)) > 1e-20
    return value < -mpmath.mpf(10) ** -30 if relation == ">=" else value <= -mpmath.mpf(10) ** -30


def test_no_random_claim_is_misjudged():
    seen = Counter()

    @settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(formulas, ends, ends, st.sampled_from([">=", ">"]), st.fractions(0, 2, max_denominator=3))
    def judge(formula, first, second, relation, lift):
        formula = formula + sp.Rational(lift.numerator, lift.denominator)
        if formula.has(sp.zoo, sp.nan, sp.oo, sp.I):
            return
        box = {x: first, y: second}
        try:
            claim = box_claim(formula, relation, box)
        except OverproofError:
            return
        found = certify(claim, budget=0.1)
        verdict = check_certificate(found) if isinstance(found, Certificate) else found
        seen[type(verdict)] += 1
        if isinstance(verdict, Proved):
            wrong = [value for value in values(claim.formula(), box, 1) if violated(value, relation)]
            assert not wrong, f"{claim} was proved but takes {wrong[0]}"
        if isinstance(verdict, Refuted):
            at = {s: sp.Rational(verdict.witness[str(s)]) for s in (x, y)}
            value = sp.N(claim.formula().subs(at), 50)
            assert not value.is_real or value < mpmath.mpf(10) ** -30

    judge()
    assert seen[Proved] >= 20 and seen[Refuted] >= 10, seen


@pytest.mark.parametrize("seed", range(4))
def test_a_tree_of_a_true_claim_does_not_show_a_false_one(seed):
    """Trees, rules and contacts of one claim, sealed anew for a claim that is false at a known point."""
    generator = random.Random(seed)
    true = [x * sp.log(x) + 1, sp.exp(x) - x - 1, (x - y) ** 2 + sp.Rational(1, 50), sp.log(2) + x * sp.log(x) + (1 - x) * sp.log(1 - x), x - sp.sin(x)]
    false = [x - sp.Rational(1, 1000), sp.sin(x) - x / 2 - y / 3, (x - y) ** 2 - sp.Rational(1, 10**6), x * y - y**2 / 4, x * (x - sp.Rational(1, 100))]
    box = {x: (0, 1), y: (0, 1)}
    tried = 0
    for _ in range(12):
        found = certify(box_claim(generator.choice(true), ">=", box), budget=2)
        assert isinstance(found, Certificate)
        lie = box_claim(generator.choice(false), ">=", box)
        forged = Certificate(found.kind, lie.to_json(), lie.digest(), "", generator.choice([53, 64, 200]), found.body)
        forged = replace(forged, body={**forged.body, "seal": seal(forged)})
        assert isinstance(check_certificate(forged), Undecided)
        tried += 1
    assert tried == 12


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 6), st.data())
def test_random_trees_prove_no_false_claim(size, data):
    """Any well-formed tree with any rules, on a claim that fails on a small part of the box only."""
    lie = box_claim((x - sp.Rational(1, 3)) ** 2 + y**2 - sp.Rational(1, 1000), ">=", {x: (0, 1), y: (0, 1)})
    bits, need = "", 1
    while need:
        split = len(bits) < 4 * size and data.draw(st.booleans())
        bits, need = bits + ("1" if split else "0"), need + (1 if split else -1)
    axes = "".join(data.draw(st.sampled_from("01")) for _ in range(bits.count("1")))
    rules = "".join(data.draw(st.sampled_from("nNcC0")) for _ in range(bits.count("0")))
    contacts = [[{"axis": data.draw(st.sampled_from([0, 1])), "point": data.draw(st.sampled_from(["0", "1/3", "1"])), "order": data.draw(st.integers(1, 2))}]]
    forged = Certificate("tangent", lie.to_json(), lie.digest(), "", 64, {"bits": bits, "axes": axes, "rules": rules, "contacts": contacts})
    assert isinstance(check_certificate(replace(forged, body={**forged.body, "seal": seal(forged)})), Undecided)
