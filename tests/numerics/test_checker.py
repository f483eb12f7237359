"""The checker replays what is right and rejects whatever was tampered with."""

import json
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

import pytest
import sympy as sp
from flint import fmpq

import numerics
from numerics.balls import precision
from numerics.checker import check_certificate, check_file, seal
from numerics.leaves import Replay
from numerics.search import certify
from theorems.boxclaim import BoxClaim, box_claim
from theorems.errors import OverproofError, StaleCertificate
from theorems.evidence import Certificate, digest
from theorems.verdict import Proved, Refuted, Undecided

p, T = sp.Symbol("p", real=True), sp.Symbol("T", real=True)
OPERATOR = digest({"form": "separable", "expression": "p**(1/T)", "domain": ["0", "inf"]})
SOFT = p ** (1 / T) / (p ** (1 / T) + (1 - p) ** (1 / T))
ENTROPY = -p * sp.log(p) - (1 - p) * sp.log(1 - p)


@lru_cache
def top() -> Certificate:
    claim = box_claim(p - SOFT - sp.Rational(1, 1000), ">=", {p: ("6/10", "9/10"), T: ("11/10", 4)}, operator=OPERATOR)
    found = certify(claim)
    assert isinstance(found, Certificate)
    return found


@lru_cache
def tight() -> Certificate:
    found = certify(box_claim(sp.log(2) - ENTROPY, ">=", {p: (0, 1)}))
    assert isinstance(found, Certificate)
    return found


@lru_cache
def point() -> Certificate:
    found = certify(box_claim(sp.Rational(6, 10) - ENTROPY, ">=", {p: (0, 1)}))
    assert isinstance(found, Certificate)
    return found


def resealed(certificate, **changes):
    changed = replace(certificate, **changes)
    return replace(changed, body={**changed.body, "seal": seal(changed)})


def rewritten(certificate, **entries):
    """The certificate with other body entries and a fresh seal: only the mathematics can reject it."""
    return resealed(certificate, body={**certificate.body, **entries})


def test_right_certificates_pass():
    assert (top().kind, tight().kind, point().kind) == ("bisection", "tangent", "counterexample")
    assert check_certificate(top(), claim_digest=top().claim_digest, operator_digest=OPERATOR) == Proved()
    assert check_certificate(tight()) == Proved()
    assert isinstance(check_certificate(point()), Refuted)
    assert "1" in top().body["bits"], "the tampering below needs a tree that splits"


def body_of(certificate):
    return certificate.body["bits"], certificate.body["axes"], certificate.body["rules"]


def truncated(c):
    bits, axes, rules = body_of(c)
    return {"bits": bits[:-1], "rules": rules[:-1]}


def extended(c):
    bits, axes, rules = body_of(c)
    return {"bits": bits + "0", "rules": rules + rules[-1]}


def coarsened(c):
    """The first split with two leaves below becomes a leaf."""
    bits, axes, rules = body_of(c)
    k = bits.index("100")
    split, leaf = bits[:k].count("1"), bits[:k].count("0")
    return {"bits": bits[:k] + "0" + bits[k + 3 :], "axes": axes[:split] + axes[split + 1 :], "rules": rules[:leaf] + rules[leaf + 1 :]}


def wrong_axis(c):
    bits, axes, rules = body_of(c)
    return {"axes": axes.translate(str.maketrans("01", "10"))}


def swapped(c):
    bits, axes, rules = body_of(c)
    return {"bits": bits.translate(str.maketrans("01", "10"))}


TAMPERINGS = {
    "truncated": truncated, "extended": extended, "coarsened": coarsened, "wrong axis": wrong_axis, "swapped": swapped,
    "no such axis": lambda c: {"axes": "2" + c.body["axes"][1:]}, "no tree": lambda c: {"bits": "", "axes": "", "rules": ""},
    "letters": lambda c: {"bits": "1x0"}, "unknown rule": lambda c: {"rules": "z" * len(c.body["rules"])},
    "contact without list": lambda c: {"rules": "0" * len(c.body["rules"])}, "superscript": lambda c: {"rules": "²" * len(c.body["rules"])},
    "one leaf": lambda c: {"bits": "0", "axes": "", "rules": "c"}, "number": lambda c: {"bits": 0}, "none": lambda c: {"bits": None},
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_resealed_tampered_tree_is_rejected(name):
    assert isinstance(check_certificate(rewritten(top(), **TAMPERINGS[name](top()))), Undecided)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_tampered_tree_breaks_the_seal(name):
    broken = replace(top(), body={**top().body, **TAMPERINGS[name](top())})
    assert "changed after" in check_certificate(broken).reason


@pytest.mark.parametrize("certificate", [top, tight, point])
def test_every_field_is_sealed(certificate):
    good = certificate()
    fields = {"kind": "bisection" if good.kind != "bisection" else "tangent", "precision": good.precision - 1, "operator_digest": "0" * 64}
    for name, value in fields.items():
        assert isinstance(check_certificate(replace(good, **{name: value})), Undecided)
    for name in good.body:
        assert isinstance(check_certificate(replace(good, body={k: v for k, v in good.body.items() if k != name})), Undecided)


@pytest.mark.parametrize("bits", [0, 1, 24, 52, -64, 64.0, True, None, "64", 10**9])
def test_precision_outside_the_bounds_is_rejected(bits):
    assert isinstance(check_certificate(resealed(top(), precision=bits)), Undecided)


def test_another_operator_or_claim_is_rejected():
    other = digest("another operator")
    assert isinstance(check_certificate(resealed(top(), operator_digest=other)), Undecided)
    assert isinstance(check_certificate(top(), operator_digest=other), Undecided)
    assert isinstance(check_certificate(top(), claim_digest=tight().claim_digest), Undecided)
    stronger = {**top().claim, "expression": top().claim["expression"].replace("1/1000", "1/50")}
    assert stronger != top().claim
    assert isinstance(check_certificate(resealed(top(), claim=stronger)), Undecided), "digest of the old claim"
    assert isinstance(check_certificate(resealed(top(), claim=stronger, claim_digest=digest(stronger))), Undecided), "a false claim"
    larger = {**top().claim, "variables": [["p", "1/10", "9/10"], ["T", "11/10", "4"]]}
    assert isinstance(check_certificate(resealed(top(), claim=larger, claim_digest=digest(larger))), Undecided), "a larger box"


def test_contacts_must_vanish_exactly():
    for expression in ("p*log(p) + (1 - p)*log(1 - p) + log(2) - 1/10**40", "p*log(p) + (1 - p)*log(1 - p) + log(2) - (p - 1/2)/10**40"):
        claim = {**tight().claim, "expression": expression}
        assert isinstance(check_certificate(resealed(tight(), claim=claim, claim_digest=digest(claim))), Undecided)
    strict = {**tight().claim, "relation": ">"}
    assert isinstance(check_certificate(resealed(tight(), claim=strict, claim_digest=digest(strict))), Undecided)


@pytest.mark.parametrize("contact", [
    {"axis": 0, "point": "1/3", "order": 2}, {"axis": 0, "point": "1/2", "order": 3}, {"axis": 1, "point": "1/2", "order": 2},
    {"axis": 0, "point": "1/2", "order": 1}, {"axis": 0, "point": "1/2", "order": 0}, {"axis": 0, "point": "1/2", "order": -2},
    {"axis": -1, "point": "1/2", "order": 2}, {"axis": 0, "point": 0.5, "order": 2}, {"axis": 0, "point": "1/2", "order": 99},
])  # fmt: skip
def test_a_wrong_contact_is_rejected(contact):
    assert isinstance(check_certificate(rewritten(tight(), contacts=[[contact]])), Undecided)


def test_one_face_may_not_count_twice():
    """x - x^2 vanishes once at 0: named twice it would pass for a double zero."""
    claim = box_claim(p**2 - p, ">=", {p: (0, "1/4")})
    twice = {"bits": "0", "axes": "", "rules": "0", "contacts": [[{"axis": 0, "point": "0", "order": 1}] * 2]}
    certificate = Certificate("tangent", claim.to_json(), claim.digest(), "", 64, twice)
    assert isinstance(check_certificate(rewritten(certificate)), Undecided)


def test_a_contact_rule_needs_the_expression_to_be_defined():
    """d/dp p^2 >= 0 on the hull says nothing where log(T) does not exist."""
    claim = box_claim(p**2 + p * sp.log(T) - p * sp.log(T**2) / 2, ">=", {p: (0, 1), T: (-2, -1)})
    body = {"bits": "0", "axes": "", "rules": "0", "contacts": [[{"axis": 0, "point": "0", "order": 1}]]}
    assert isinstance(check_certificate(rewritten(Certificate("tangent", claim.to_json(), claim.digest(), "", 64, body))), Undecided)
    for rule in "nNcC":
        with precision(64):
            assert not Replay(claim).leaf(rule, ((fmpq(0), fmpq(1)), (fmpq(-2), fmpq(-1))))


@pytest.mark.parametrize("where", [["2"], ["-1/10"], ["1/100"], [], ["1/2", "1/2"], [0.5], ["x"], None])
def test_a_point_that_violates_nothing_is_rejected(where):
    assert isinstance(check_certificate(rewritten(point(), point=where)), Undecided)


def test_counterexamples_of_strict_claims_may_be_zeros():
    claim = box_claim(p * (1 - p), ">", {p: (0, 1)})
    certificate = Certificate("counterexample", claim.to_json(), claim.digest(), "", 64, {"point": ["1"]})
    assert check_certificate(rewritten(certificate)) == Refuted({"p": "1"})


def test_files_are_checked_and_bad_files_named(tmp_path: Path):
    single, several, broken = tmp_path / "one.json", tmp_path / "many.json", tmp_path / "broken.json"
    single.write_text(top().to_json())
    several.write_text(json.dumps([asdict(tight()), asdict(point()), asdict(replace(top(), precision=53))]))
    assert [checked.verdict for checked in check_file(single)] == [Proved()]
    assert [type(checked.verdict) for checked in check_file(several)] == [Proved, Refuted, Undecided]
    for text in ("{", "[]", "3", '{"kind": "bisection"}', "\x00"):
        broken.write_text(text)
        with pytest.raises(StaleCertificate, match="broken.json"):
            check_file(broken)
    with pytest.raises(StaleCertificate):
        check_file(tmp_path / "absent.json")


def test_the_checker_stays_short_and_imports_only_trusted_modules():
    source = (Path(numerics.__file__).parent / "checker.py").read_text()
    assert len(source.splitlines()) <= 150
    for name in ("checker", "leaves", "jets", "enclosure", "balls", "exact"):
        text = (Path(numerics.__file__).parent / f"{name}.py").read_text()
        assert not any(word in text for word in ("numpy", "numerics.search", "numerics.batch", "numerics.contacts", "mpmath"))


@pytest.mark.parametrize("change", [
    {"relation": "="}, {"variables": []}, {"variables": [["p", "1", "0"]]}, {"variables": [["p", "a", "1"]]}, {"expression": "q"},
    {"variables": [["p", 0.1, "1"]]}, {"extra": "x"}, {"expression": "__import__('os')"}, {"variables": [["p", "0", "1"]] * 2},
])  # fmt: skip
def test_what_is_no_box_claim_is_refused(change):
    with pytest.raises(OverproofError):
        BoxClaim.from_json({"expression": "p", "relation": ">=", "variables": [["p", "0", "1"]], **change})
    claim = {**tight().claim, **change}
    assert isinstance(check_certificate(resealed(tight(), claim=claim, claim_digest=digest(claim))), Undecided)


def test_box_claims_survive_json():
    claim = box_claim(sp.Max(p, sp.Abs(T)) + sp.sqrt(p) + sp.pi + sp.E, ">", {p: (0, "1/3"), T: ("-0.5", 2)}, operator=OPERATOR)
    assert BoxClaim.from_json(json.loads(json.dumps(claim.to_json()))) == claim
    assert claim.formula() == sp.Max(p, sp.Abs(T)) + sp.sqrt(p) + sp.pi + sp.E
    with pytest.raises(OverproofError, match="float"):
        box_claim(p, ">=", {p: (0.1, 1)})
