"""verify: pinned verdicts of everything shipped, argued verdicts of candidates that nobody listed, and no false proof."""

from __future__ import annotations

import random
import time
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

from numerics import hunt
from numerics.bisection import Bounds
from numerics.budget import worked
from numerics.checker import check_certificate
from numerics.verify import environment, verify
from theorems import catalogue
from theorems.candidate import generator, separable
from theorems.chapters import find
from theorems.errors import OverproofError
from theorems.operator import BlackBox, Blend, Composed, Domain, Operator, Reparametrised, Separable, T, V, Vector, p
from theorems.report import Report
from theorems.verdict import Proved, Refuted, name
from theorems.wellformed import vector_symbols

ALL, WARM = Domain(sp.S.Zero, sp.oo), Domain(sp.S.One, sp.oo)
REPORTS: dict[str, Report] = {}


def report(key: str) -> Report:
    if key not in REPORTS:
        REPORTS[key] = verify(catalogue.operators()[key], budget=60)
    return REPORTS[key]


def verdicts(found: Report) -> dict[str, str]:
    return {label: name(finding.verdict) for label, finding in found.verdicts.items()}


@pytest.mark.parametrize("key", list(catalogue.operators()))
def test_pinned_table(key: str) -> None:
    """Verdicts as pinned; no random case breaks a proved label; every witness breaks its label, and certificates replay."""
    operator, found = catalogue.operators()[key], report(key)
    assert tuple(found.verdicts) == catalogue.ORDER
    assert verdicts(found) == {label: operator.expected.get(label, "proved") for label in catalogue.ORDER}
    if key in catalogue.rogues():
        assert isinstance(found.legal, Refuted)
    elif key != "shannon_only":
        assert isinstance(found.legal, Proved)
    replayed = 0
    for label, finding in found.verdicts.items():
        match finding.verdict:
            case Proved():
                supports(operator, label, key)
                assert finding.method in ("symbolic", "smt", "enclosure") and finding.trusts, label
                if operator.form_name in ("separable", "generator") and key not in catalogue.rogues():
                    assert finding.scope.startswith("all V") and any(trust.startswith("op:") for trust in finding.trusts), label
            case Refuted(witness) if "limit" not in witness:
                assert hunt.recheck(catalogue.axioms()[label], operator, exact(witness)), label
                if finding.certificates and (operator.form_name != "generator" or not replayed):  # generators take seconds each
                    replayed += 1
                    assert isinstance(check_certificate(finding.certificates[0]), Refuted), label
    TRIED.setdefault(key, 0)


@pytest.mark.parametrize("key", list(catalogue.operators()))
def test_every_claim_that_is_trusted_stands_in_the_ledger(key: str) -> None:
    """What a verdict rests on by label is a claim of the ledger, and one that is expected to be proved."""
    trusted = {trust for finding in report(key).verdicts.values() for trust in finding.trusts if trust.startswith(("op:", "base:"))}
    assert trusted or catalogue.operators()[key].form_name in ("vector", "black box") or key in catalogue.rogues()
    assert {label: find(label).claim.expected for label in trusted} == dict.fromkeys(trusted, "proved")


TRIED: dict[str, int] = {}


def supports(operator: Operator, label: str, key: str) -> None:
    """Random cases, in floats; what looks like a breach is rechecked before it counts."""
    axiom, chance, heats = catalogue.axioms()[label], random.Random(key), hunt.temperatures(operator)
    for _ in range(8 if hunt.hunts(label) else 0):
        law = hunt.random_law(chance, len(operator.form.components) if isinstance(operator.form, Vector) else 3)
        for case in hunt.built(label, law, chance.choice(heats), heats, hunt.laws(operator)):
            if hunt.qualifies(operator, case):
                witness, score = hunt.scored(axiom, operator, case)
                TRIED[key] = TRIED.get(key, 0) + 1
                assert score < 1e-7 or not hunt.recheck(axiom, operator, witness), (label, witness)


def test_the_cases_were_many() -> None:
    for key in ("power", "mixing", "logit"):
        before = TRIED.get(key, 0)
        supports(catalogue.operators()[key], "ax:ranking", key)
        assert TRIED[key] - before >= 5


def test_vector_scope_names_its_v() -> None:
    scopes = {finding.scope for finding in report("favouring_mixing").verdicts.values() if isinstance(finding.verdict, Proved)}
    assert scopes == {"V=3"}


def exact(witness: Any) -> dict[str, Any]:
    """A witness from JSON, with its numbers."""
    def number(value: Any) -> Any:
        return [number(entry) for entry in value] if isinstance(value, list) else Fraction(value) if isinstance(value, str) else value

    return {key: number(value) for key, value in witness.items()}


#: Candidates that nobody listed: text, domain, legality, and labels that are not proved.
UNLISTED = [
    ("p/(1+(T-1)*p)", WARM, "proved", {"ax:boundary-hot-face": "refuted", "prop:semigroup": "refuted", "prop:restriction": "refuted"}),
    ("p**(exp(1-T))", ALL, "refuted", {"ax:boundary-cold": "refuted", "prop:semigroup": "refuted"}),
    ("p + (T-1)", WARM, "proved", {"prop:semigroup": "refuted", "prop:restriction": "refuted"}),
    ("p*exp(-(T-1)*p)", WARM, "refuted", {"ax:ranking": "refuted", "ax:entropy": "refuted", "ax:boundary-hot": "refuted"}),
    ("p**(1/T)*(1+p*(T-1))", WARM, "refuted", {"ax:boundary-hot": "refuted", "ax:entropy": "refuted"}),
    ("log(1+p)", ALL, "refuted", {"ax:identity": "refuted", "ax:boundary-hot": "refuted"}),
    ("exp(p)-1", ALL, "refuted", {"ax:identity": "refuted"}),
    ("p**2", ALL, "refuted", {"ax:identity": "refuted", "prop:affine": "refuted"}),
    ("sqrt(p)", ALL, "refuted", {"ax:identity": "refuted", "prop:lipschitz": "refuted"}),
    ("p**(1/T) + V", ALL, "refuted", {"ax:identity": "refuted", "ax:boundary-cold": "refuted", "ax:entropy": "refuted"}),
    ("p/T + (1-1/T)/V", WARM, "proved", {"prop:restriction": "refuted"}),
    ("p**(1/T**2)", ALL, "proved", {"ax:boundary-hot-face": "refuted", "prop:lipschitz": "refuted"}),
    ("p**(log(2)/log(1+T))", ALL, "proved", {"prop:semigroup": "refuted"}),
    ("max(p, 1/10)", ALL, "refuted", {"ax:ranking": "refuted", "ax:identity": "refuted"}),
    ("p*T", ALL, "refuted", {"ax:boundary-hot": "refuted", "ax:boundary-cold": "refuted"}),
    ("p + (T-1)*(V-2)", WARM, "refuted", {"ax:boundary-hot": "refuted"}),  # level for V > 2, and not for V = 2
    ("p**(1/T)", Domain(sp.Rational(1, 2), sp.Integer(8)), "undecided", {"ax:boundary-hot": "out-of-scope", "ax:boundary-cold": "out-of-scope"}),
    ("generator:sin(p)", WARM, "proved", {"prop:restriction": "refuted", "prop:affine": "refuted"}),
    ("generator:log(p)", ALL, "proved", {"ax:boundary-hot-face": "refuted", "prop:affine": "refuted"}),
    ("generator:p+log(p)", ALL, "proved", {"prop:lipschitz": "refuted", "prop:restriction": "refuted"}),
    ("generator:-log(1-p)", WARM, "proved", {"ax:boundary-hot-face": "refuted"}),
    ("generator:exp(p)", WARM, "proved", {"prop:affine": "refuted"}),
    ("generator:p**2", ALL, "refuted", {"ax:ranking": "refuted"}),
    ("generator:tan(pi*p/2)", WARM, "proved", {"ax:boundary-hot-face": "refuted", "prop:semigroup": "proved"}),
    ("p - (1-1/T)*p*log(p)", WARM, "refuted", {"ax:boundary-hot": "refuted", "ax:continuity": "proved", "prop:majorisation": "proved"}),
    ("p**(1/(1+log(T)))", WARM, "proved", {"ax:boundary-hot-face": "refuted", "prop:semigroup": "refuted"}),
    ("p**(1/T)*(1 + p/10**9*(T-1))", WARM, "refuted", {"ax:boundary-hot": "refuted", "ax:entropy": "refuted"}),  # at T beyond 10^9 only
    ("p**(1+(1-T)*(V-1)/1000)", Domain(sp.S.One, sp.Integer(2)), "refuted", {"ax:ranking": "refuted"}),  # beyond V = 1001 only
    ("generator:-p", WARM, "undecided", {"prop:simplex": "undecided", "ax:identity": "undecided"}),
    ("generator:p*log(p)", WARM, "undecided", {"prop:simplex": "undecided", "prop:affine": "undecided"}),
]


@pytest.mark.parametrize(("text", "domain", "legal", "others"), UNLISTED, ids=[f"{case[0]} on {case[1]}" for case in UNLISTED])
def test_unlisted_candidates(text: str, domain: Domain, legal: str, others: dict[str, str]) -> None:
    operator = generator(text.removeprefix("generator:"), domain) if text.startswith("generator:") else separable(text, domain)
    start = worked()
    found = verify(operator)
    assert worked() - start < 22
    assert name(found.legal) == legal
    assert {label: verdicts(found)[label] for label in others} == others


#: True of almost all parameters, or almost everywhere; a verifier that trusts generic limits would prove them.
TRAPS = [
    ("p + p/(p + T - 1)", WARM, "ax:continuity"),  # jumps at p = 0 as T -> 1
    ("p*(1 + (V - 17)**2*(T - 1))", WARM, "ax:boundary-hot"),
    ("p + (T - 1)*(V - 5)**2", WARM, "ax:boundary-hot"),  # V = 5 stays put
    ("p**(1/T)*(2 + sin(T))", ALL, "ax:identity/none"),
    ("p - (T - 1)*p*(1 - p)/8", Domain(sp.S.One, sp.Integer(9)), "ax:ranking"),  # slope 0 at T = 9, p = 0
    ("p**(2 - T)", Domain(sp.S.One, sp.Integer(2)), "ax:ranking"),  # constant at T = 2
    ("p**(T - 1)", WARM, "ax:ranking"),  # constant at T = 1
    ("p + (T - 1)*(p - 1/2)**2", Domain(sp.S.One, sp.Integer(3)), "prop:majorisation"),
    ("p*(1 + (p - 1/10)**2*(T - 1))", WARM, "prop:majorisation"),
]


@pytest.mark.parametrize(("text", "domain", "label"), TRAPS, ids=[case[0] for case in TRAPS])
def test_no_false_proof(text: str, domain: Domain, label: str) -> None:
    found = verify(separable(text, domain), budget=10)
    if label.endswith("/none"):  # a common factor changes nothing: this one is power
        assert verdicts(found)["ax:identity"] == "proved" and verdicts(found)["ax:entropy"] in ("proved", "undecided")
    else:
        assert verdicts(found)[label] != "proved"


#: Generators that do not increase everywhere: a dip near an end, a ripple, a flat piece, a kink.
NO_GENERATORS = ("p + sin(1000*p)/999", "p - p**1000/900", "log(p) - 101/100*p", "log(p) + 1/(1000*p)", "max(p, 1/2)", "abs(p-1/2) + p", "p**p")


@pytest.mark.parametrize("phi", NO_GENERATORS)
def test_what_does_not_increase_generates_nothing(phi: str) -> None:
    assert "proved" not in verdicts(verify(generator(phi), budget=8)).values()


def test_clocks_run_where_they_run() -> None:
    """F_h(T): proved where h rises within the domain of F, limits only where h reaches its ends."""
    power = catalogue.operators()["power"]
    half = verify(Operator("from 1 on", Reparametrised(power, 2 * T - 1), WARM))
    assert isinstance(half.legal, Proved)
    slow = verify(Operator("to 2 only", Reparametrised(power, 2 - 1 / T), WARM))
    assert verdicts(slow)["ax:ranking"] == "proved" and verdicts(slow)["ax:boundary-hot"] == "refuted"
    late = verify(Operator("never cold", Reparametrised(power, sp.exp(T - 1)), ALL))
    assert verdicts(late)["prop:majorisation"] == "proved" and verdicts(late)["ax:boundary-cold"] == "refuted"
    ripple = verify(Operator("ripple", Reparametrised(power, T + sp.sin(6 * T) / 7 - sp.sin(6) / 7), ALL))
    assert ripple.verdicts["ax:ranking"].method == "enclosure" and ripple.verdicts["ax:ranking"].scope == "all V"
    for found in (slow, late, ripple):  # whatever is certified replays
        for label, finding in found.verdicts.items():
            for one in finding.certificates:
                assert isinstance(check_certificate(one), type(finding.verdict)), label


@pytest.mark.parametrize("scope", ["all V", "p_i >= 1/100, T in [1, 8]"])
def test_bisection_says_what_it_covers(scope: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the sign calculus nor cvc5 knows the slope; without charts of the whole domain only the box is left."""
    if scope != "all V":
        monkeypatch.setattr(Bounds, "charts", lambda bounds: None)
    found = verify(separable("p*(4 + sin(6*p))", WARM), budget=120)
    ranking, continuity = found.verdicts["ax:ranking"], found.verdicts["ax:continuity"]
    assert isinstance(ranking.verdict, Proved) and ranking.scope == scope and ranking.method == "enclosure"
    assert continuity.scope == "all V"  # it needs no slope
    assert ranking.certificates and all(isinstance(check_certificate(one), Proved) for one in ranking.certificates)


def test_planted_false_operator() -> None:
    """Power with a dent of one part in a thousand: legal at a glance, and not the identity at T = 1."""
    dent = sp.Rational(1, 1000)
    found = verify(Operator("dented", Separable(p ** (1 / T) * (1 + dent * p * (1 - p))), ALL))
    assert isinstance(found.verdicts["ax:identity"].verdict, Refuted) and isinstance(found.legal, Refuted)


def test_a_pair_that_cannot_occur_breaks_nothing() -> None:
    """The weight falls beyond p = 2/3, but p_i > 2/3 leaves less than 1/3 for the others."""
    found = verify(Operator("late fall", Separable(p * sp.exp(-(T - 1) * p)), Domain(sp.S.One, sp.Rational(5, 2))))
    assert verdicts(found)["ax:ranking"] == "proved"


def test_closures() -> None:
    power, mixing = catalogue.operators()["power"], catalogue.operators()["mixing"]
    turning = verify(Operator("turning", Blend(power, mixing, 1 - 1 / T), WARM))
    assert verdicts(turning)["ax:ranking"] == verdicts(turning)["ax:identity"] == "proved"
    assert verdicts(turning)["prop:majorisation"] != "proved"  # no closure when the coefficient moves
    clock = verify(Operator("squared", Reparametrised(power, T**2), ALL))
    assert isinstance(clock.legal, Proved) and verdicts(clock)["prop:semigroup"] == "proved"
    backwards = verify(Operator("backwards", Reparametrised(power, 1 / T), ALL))
    assert isinstance(backwards.legal, Refuted)
    outside = verify(Operator("outside", Blend(power, mixing, 2 * T), WARM))
    assert verdicts(outside)["prop:simplex"] != "proved"
    cold = verify(Operator("mixing too cold", Reparametrised(mixing, T), Domain(sp.Rational(1, 2), sp.oo)))
    assert verdicts(cold)["prop:simplex"] == "refuted"
    twice = verify(Operator("twice", Composed(mixing, mixing), WARM))
    assert verdicts(twice)["prop:affine"] == verdicts(twice)["ax:ranking"] == "proved" != verdicts(twice)["prop:semigroup"].replace("proved", "")


def test_vector_on_a_box_is_not_legal_everywhere() -> None:
    a, b = vector_symbols(2)
    total = a ** (1 / T) + b ** (1 / T)
    found = verify(Operator("two classes", Vector((a ** (1 / T) / total, b ** (1 / T) / total)), WARM), budget=40)
    assert found.verdicts["prop:simplex"].scope == "V=2, p_i >= 1/100, T in [1, 8]"
    assert name(found.legal) == "undecided"
    assert isinstance(check_certificate(found.verdicts["prop:simplex"].certificates[0]), Proved)


def test_black_boxes_are_never_proved() -> None:
    def powers(law: Any, heat: Any) -> Any:
        return law ** (1 / heat) / (law ** (1 / heat)).sum()

    found = verify(Operator("opaque", BlackBox(powers), ALL), budget=6)
    assert "proved" not in verdicts(found).values() and verdicts(found)["ax:ranking"] == "supported"

    def raises(law: Any, heat: Any) -> Any:
        raise RuntimeError("no")

    assert set(verdicts(verify(Operator("broken", BlackBox(raises), WARM), budget=4)).values()) <= {"undecided", "out-of-scope"}


def test_budget_really_ends() -> None:
    def sleeps(law: Any, heat: Any) -> Any:
        time.sleep(3600)

    found = verify(Operator("asleep", BlackBox(sleeps), ALL), budget=0.2)
    assert set(verdicts(found).values()) == {"undecided"}
    with pytest.raises(OverproofError, match="budget"):
        verify(catalogue.operators()["power"], budget=0)


def test_report_says_what_it_rests_on() -> None:
    assert set(environment()) == {"python", "sympy", "python-flint"} and V in separable("p**(1/T) + V").form.weight.free_symbols  # type: ignore[union-attr]
    assert "op:separable-criterion/ranking" in report("power").verdicts["ax:ranking"].trusts
    assert "op:generator-class/ranking" in report("logit").verdicts["ax:ranking"].trusts
