"""Witnesses are re-evaluated from the operator's text: right ones refute, wrong ones decide nothing."""

from dataclasses import replace

import pytest
import sympy as sp
from flint import fmpq

from numerics.balls import precision, rational
from numerics.checker import check_certificate, seal
from numerics.enclosure import Closed
from numerics.formula import Formula
from numerics.witness import TESTS, recheck
from theorems.evidence import Certificate, digest
from theorems.verdict import Refuted, Undecided


def operator(expression, low="0", high="inf", form="separable"):
    return {"form": form, "expression": expression, "domain": [low, high]}


POWER, SHARPEN, SOFTMAX = operator("p**(1/T)"), operator("p**T"), operator("exp(p/T)")
MIXING, LOG = operator("p/T + (1 - 1/T)/V", "1"), operator("generator:log(p)", form="generator")
LOGIT = operator("generator:log(p/(1 - p))", form="generator")
ROTATED = operator("(p1, p3, p2)", form="vector")
HALF = operator("(1 - c)*[p**(1/T)] + c*[p/T + (1 - 1/T)/V], c = 1/2", "1", form="combination")
THREE = ["1/2", "1/3", "1/6"]
NEAR = {"p": ["99/100", "1/100"], "q": ["999/1000", "1/1000"], "T": "2"}

BROKEN = [
    ("ax:ranking", operator("1/p"), {"p": ["3/5", "2/5"], "T": "2", "i": 0, "j": 1}),
    ("ax:ranking", operator("1 + 0*p"), {"p": ["3/5", "2/5"], "T": "2", "i": 0, "j": 1}),
    ("ax:ranking", operator("max(p - 1/4, 0)"), {"p": ["3/4", "3/20", "1/10"], "T": "2", "i": 1, "j": 2}),
    ("ax:ranking", ROTATED, {"p": THREE, "T": "2", "i": 1, "j": 2}),
    ("ax:entropy", SHARPEN, {"p": ["3/5", "2/5"], "T": "1", "T2": "2"}),
    ("ax:entropy", SHARPEN, {"p": ["3/5", "2/5", "0"], "T": "1/2", "T2": "3"}),
    ("prop:majorisation", SHARPEN, {"p": ["3/5", "2/5", "0"], "T": "1", "T2": "2"}),
    ("ax:identity", SOFTMAX, {"p": ["3/5", "2/5"]}),
    ("ax:identity", ROTATED, {"p": THREE}),
    ("prop:simplex", operator("p/T + (1 - 1/T)/V"), {"p": ["1", "0"], "T": "1/2"}),
    ("prop:simplex", operator("(p1**(1/T), p2**(1/T))", form="vector"), {"p": ["1/2", "1/2"], "T": "2"}),
    ("ax:boundary-hot-face", POWER, {"p": ["1/2", "1/2", "0"], "limit": ["1/2", "1/2", "0"]}),
    ("ax:boundary-hot", SHARPEN, {"p": ["3/5", "2/5"], "limit": ["1", "0"]}),
    ("ax:boundary-cold", SHARPEN, {"p": ["3/5", "2/5"], "limit": ["1/2", "1/2"]}),
    ("prop:semigroup", SOFTMAX, {"p": THREE, "T": "2", "T2": "3"}),
    ("prop:equivariance", ROTATED, {"p": THREE, "T": "2", "permutation": [2, 0, 1]}),
    ("prop:restriction", MIXING, {"p": THREE, "T": "2", "subset": [0, 1]}),
    ("prop:affine", POWER, NEAR),
    ("prop:kl-nonexpansive", POWER, {**NEAR, "ratio": "28/10"}),
    ("prop:affine", LOG, NEAR),
    ("prop:lipschitz", POWER, {"p": ["1", "0"], "q": ["999/1000", "1/1000"], "T": "2", "ratio": "30"}),
    ("ax:boundary-hot-face", LOG, {"p": ["1/2", "1/2", "0"], "limit": ["1/2", "1/2", "0"]}),
    ("ax:boundary-hot-face", HALF, {"p": ["1/2", "1/2", "0"], "limit": ["5/12", "5/12", "1/6"]}),
    ("prop:affine", HALF, NEAR),
    ("ax:boundary-hot", operator("p*(1 + log(T))", "1"), {"p": ["2/3", "1/3"], "limit": ["2/3", "1/3"]}),
    ("prop:affine", LOGIT, {"p": ["1/2", "1/2", "0"], "q": ["1", "0", "0"], "T": "2"}),
]  # fmt: skip

HOLDS = [
    ("ax:ranking", POWER, {"p": ["3/5", "2/5"], "T": "2", "i": 0, "j": 1}, "order"),
    ("ax:ranking", SHARPEN, {"p": ["2/5", "3/5"], "T": "2", "i": 0, "j": 1}, "exceed"),
    ("ax:entropy", POWER, {"p": ["3/5", "2/5"], "T": "1", "T2": "2"}, "fall"),
    ("ax:entropy", SHARPEN, {"p": ["3/5", "2/5"], "T": "2", "T2": "1"}, "T2 must exceed"),
    ("prop:majorisation", POWER, {"p": ["3/5", "2/5", "0"], "T": "1", "T2": "2"}, "largest"),
    ("ax:identity", POWER, {"p": ["3/5", "2/5"]}, "differ"),
    ("ax:identity", LOG, {"p": ["3/5", "2/5"]}, "differ"),
    ("prop:simplex", MIXING, {"p": ["1", "0"], "T": "1/2"}, "domain"),
    ("prop:simplex", POWER, {"p": ["1", "0"], "T": "1/2"}, "leave"),
    ("ax:boundary-hot", POWER, {"p": ["1/2", "1/2", "0"], "limit": ["1/2", "1/2", "0"]}, "silent"),
    ("ax:boundary-hot", POWER, {"p": ["2/3", "1/3"], "limit": ["2/3", "1/3"]}, "stated"),
    ("ax:boundary-hot", POWER, {"p": ["2/3", "1/3"], "limit": ["1/2", "1/2"]}, "asks for"),
    ("ax:boundary-hot-face", LOG, {"p": ["1/2", "1/2", "0"], "limit": ["1/3", "1/3", "1/3"]}, "asks for"),
    ("ax:boundary-hot-face", LOG, {"p": ["1/2", "1/2", "0"], "limit": ["2/5", "2/5", "1/5"]}, "stated"),
    ("prop:lipschitz", LOG, {"p": ["1", "0"], "q": ["999/1000", "1/1000"], "T": "1/2", "ratio": "1/1000"}, "only constants below"),
    ("prop:lipschitz", POWER, {"p": ["2/3", "1/3"], "q": ["999/1000", "1/1000"], "T": "2", "ratio": "1/3"}, "only constants below"),
    ("ax:boundary-cold", MIXING, {"p": ["2/3", "1/3"], "limit": ["1/2", "1/2"]}, "domain"),
    ("prop:semigroup", POWER, {"p": THREE, "T": "2", "T2": "3"}, "differ"),
    ("prop:equivariance", POWER, {"p": THREE, "T": "2", "permutation": [2, 0, 1]}, "differ"),
    ("prop:equivariance", ROTATED, {"p": THREE, "T": "2", "permutation": [0, 0, 1]}, "none"),
    ("prop:restriction", POWER, {"p": THREE, "T": "2", "subset": [0, 1]}, "differ"),
    ("prop:affine", MIXING, NEAR, "differ"),
    ("prop:affine", operator("generator:p", "1", form="generator"), NEAR, "differ"),
    ("prop:kl-nonexpansive", POWER, {**NEAR, "ratio": "3"}, "ratio"),
    ("prop:kl-nonexpansive", MIXING, NEAR, "ratio"),
    ("prop:lipschitz", MIXING, {"p": ["1", "0"], "q": ["999/1000", "1/1000"], "T": "2", "ratio": "1/3"}, "only constants below"),
    ("prop:lipschitz", POWER, {"p": ["1", "0"], "q": ["999/1000", "1/1000"], "T": "2", "ratio": "32"}, "not shown"),
    ("ax:continuity", POWER, {"p": ["1", "0"], "q": ["999/1000", "1/1000"], "T": "2", "gap": "1/20"}, "no jump"),
    ("ax:continuity", POWER, {"p": ["1", "0"], "q": ["999/1000", "1/1000"], "T": "2", "gap": "1/2"}, "gap"),
    ("ax:identity", SOFTMAX, {"p": ["3/5", "3/5"]}, "probability"), ("ax:identity", SOFTMAX, {"p": ["8/5", "-3/5"]}, "probability"),
    ("ax:identity", SOFTMAX, {"p": [0.6, 0.4]}, "float"), ("ax:identity", SOFTMAX, {}, "KeyError"),
    ("ax:identity", operator("log(p)"), {"p": ["1", "0"]}, "differ"), ("ax:identity", operator("q"), {"p": ["1", "0"]}, "unknown"),
    ("ax:identity", operator("generator:sin(9*p)", form="generator"), {"p": ["3/5", "2/5"]}, "increase"),
    ("ax:identity", operator("mystery", form="black box"), {"p": ["3/5", "2/5"]}, "form"), ("ax:unknown", POWER, {}, "format"),
]  # fmt: skip


@pytest.mark.parametrize("axiom, candidate, witness", BROKEN, ids=lambda x: x if isinstance(x, str) else None)
def test_a_right_witness_refutes(axiom, candidate, witness):
    assert recheck(axiom, candidate, witness) == Refuted(witness)


@pytest.mark.parametrize("axiom, candidate, witness, reason", HOLDS, ids=lambda x: x if isinstance(x, str) else None)
def test_a_wrong_witness_decides_nothing(axiom, candidate, witness, reason):
    verdict = recheck(axiom, candidate, witness)
    assert isinstance(verdict, Undecided) and reason in verdict.reason


def test_every_axiom_is_tried_both_ways():
    assert {axiom for axiom, *_ in HOLDS} >= set(TESTS) - {"ax:boundary-hot-face"}
    assert {axiom for axiom, *_ in BROKEN} == set(TESTS) - {"ax:continuity"}


def certificate(axiom, candidate, witness):
    claim = {"axiom": axiom, "operator": candidate}
    bare = Certificate("witness", claim, digest(claim), digest(candidate), 700, {"witness": witness})
    return replace(bare, body={**bare.body, "seal": seal(bare)})


def test_witness_certificates_are_bound_to_their_operator():
    axiom, candidate, witness = BROKEN[4]
    good = certificate(axiom, candidate, witness)
    assert isinstance(check_certificate(good, operator_digest=digest(candidate)), Refuted)
    assert isinstance(check_certificate(replace(good, body={**good.body, "witness": {**witness, "T2": "3"}})), Undecided), "seal"
    other = replace(good, operator_digest=digest(POWER))
    assert isinstance(check_certificate(replace(other, body={**other.body, "seal": seal(other)})), Undecided), "operator"
    assert isinstance(check_certificate(certificate(axiom, POWER, witness)), Undecided), "a true axiom"


@pytest.mark.parametrize("phi, weight", [("log(p)", "p**(1/T)"), ("p", "p/T + (1 - 1/T)/V")])
def test_generators_agree_with_closed_forms(phi, weight):
    p = [rational(x) for x in THREE]
    with precision(200):
        solved = Formula("generator", phi, ("1", "inf")).image(p, fmpq(3, 2))
        known = Formula("separable", weight, ("1", "inf")).image(p, fmpq(3, 2))
        for a, b in zip(solved, known, strict=True):
            assert a[0] <= b[1] and b[0] <= a[1] and a[1] - a[0] < 1e-20


def test_generator_zeros():
    """Below the range of phi an entry is 0; a zero stays 0 where phi falls to -inf."""
    p = [fmpq(1), fmpq(0), fmpq(0)]
    with precision(100):
        assert Formula("generator", "log(p)", ("0", "inf")).image(p, fmpq(2)) == [Closed.constant(k, 1) for k in (1, 0, 0)]
        sharp = Formula("generator", "p", ("0", "inf")).image([fmpq(3, 4), fmpq(1, 4)], fmpq(1, 4))
        assert sharp[0][0] > 0.999 and sharp[1][1] < 1e-9


def test_combinations_are_read_as_operators_print_them():
    from theorems.operator import Blend, Composed, Domain, Generator, Operator, Reparametrised, Separable, T, V, p

    domain = Domain(1, sp.oo)
    power = Operator("power", Separable(p ** (1 / T)), domain)
    mixing = Operator("mixing", Separable(p / T + (1 - 1 / T) / V), domain)
    log = Operator("log", Generator(sp.log(p)), domain)
    blend = Operator("blend", Blend(power, mixing, 1 - 1 / T), domain)
    cases = [
        (blend, 2, lambda x: [(a + b) / 2 for a, b in zip(power_at(x, 2), mixing_at(x, 2), strict=True)]),
        (Operator("h", Reparametrised(log, T**2), domain), 2, lambda x: power_at(x, 4)),
        (Operator("h", Reparametrised(power, sp.sqrt(T)), domain), 2, lambda x: power_at(x, 2**0.5)),
        (Operator("after", Composed(power, mixing), domain), 2, lambda x: power_at(mixing_at(x, 2), 2)),
        (Operator("twice", Composed(blend, power), domain), 2,
         lambda x: [(a + b) / 2 for a, b in zip(power_at(power_at(x, 2), 2), mixing_at(power_at(x, 2), 2), strict=True)]),
    ]  # fmt: skip
    for candidate, heat, expected in cases:
        spec = {"form": candidate.form_name, "expression": candidate.expression(), "domain": list(candidate.domain.pair())}
        assert digest(spec) == candidate.digest(), "the certificate's digest is the operator's"
        with precision(100):
            image = Formula.from_json(spec).image([rational(x) for x in THREE], fmpq(heat))
        assert [float(a[0]) for a in image] == pytest.approx(expected([1 / 2, 1 / 3, 1 / 6]), rel=1e-12)
        assert [float(a[1]) for a in image] == pytest.approx(expected([1 / 2, 1 / 3, 1 / 6]), rel=1e-12)
    spec = {"form": "combination", "expression": blend.expression(), "domain": ["1", "inf"]}
    assert isinstance(recheck("prop:semigroup", spec, {"p": THREE, "T": "2", "T2": "3"}), Refuted)
    for text in ("[p**(1/T)", "(1 - c)*[p] + c*[p]", "[p] before [p]", "[]"):
        assert isinstance(recheck("ax:identity", {**spec, "expression": text}, {"p": THREE}), Undecided)


def power_at(x, heat):
    weights = [a ** (1 / heat) for a in x]
    return [w / sum(weights) for w in weights]


def mixing_at(x, heat):
    return [a / heat + (1 - 1 / heat) / len(x) for a in x]
