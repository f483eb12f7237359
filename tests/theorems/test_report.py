"""Reports: legality, JSON in the house format, the notebook table."""

import json
from html.parser import HTMLParser

import pytest
import sympy as sp

from theorems.candidate import separable
from theorems.report import REQUIRED, Finding, Report, detail, plain
from theorems.verdict import Challenged, OutOfScope, Proved, Refuted, Supported, Undecided, Vacuous, name

PROVED = Finding(Proved(), "all V", "symbolic", ("sympy.simplify",), 0.25)
WITNESS = {"p": (sp.Rational(99, 100), sp.Rational(1, 100)), "T": sp.Integer(2), "i": 0, "j": 1}
REFUTED = Finding(Refuted(WITNESS), "V=2", "enclosure")


def report(**changes):
    labels = {label: PROVED for label in (*REQUIRED, "ax:boundary-cold", "prop:affine")}
    labels.update({key.replace("__", ":").replace("_", "-"): finding for key, finding in changes.items()})
    return Report(separable("p**(1/T)"), {k: f for k, f in labels.items() if f is not None}, 1.5, {"sympy": "1"})


def of(verdict):
    return Finding(verdict, "all V", "symbolic" if isinstance(verdict, (Proved, Refuted, OutOfScope, Undecided, Vacuous)) else "sampling")


@pytest.mark.parametrize(
    ("changes", "legal"),
    [
        ({}, "proved"),
        ({"prop__affine": REFUTED}, "proved"),
        ({"ax__boundary_cold": of(OutOfScope("1:inf"))}, "proved"),
        ({"ax__boundary_cold": of(Undecided("time"))}, "undecided"),
        ({"ax__boundary_cold": REFUTED}, "refuted"),
        ({"ax__boundary_hot": of(OutOfScope("bounded"))}, "undecided"),
        ({"ax__ranking": REFUTED}, "refuted"),
        ({"prop__simplex": REFUTED, "ax__entropy": of(Undecided("time"))}, "refuted"),
        ({"ax__identity": of(Supported("tested"))}, "undecided"),
        ({"ax__identity": of(Challenged({}, "floats"))}, "undecided"),
        ({"ax__identity": of(Vacuous("empty"))}, "undecided"),
        ({"ax__entropy": None}, "undecided"),
        ({"ax__boundary_cold": None}, "undecided"),
    ],
)
def test_legal(changes, legal):
    assert name(report(**changes).legal) == legal


@pytest.mark.parametrize("label", [*REQUIRED, "ax:boundary-cold"])
def test_each_required_label_decides(label):
    key = label.replace(":", "__").replace("-", "_")
    assert name(report(**{key: REFUTED}).legal) == "refuted"
    assert name(report(**{key: of(Undecided("time"))}).legal) == "undecided"


def test_json_has_the_house_shape():
    data = json.loads(json.dumps(report(ax__ranking=REFUTED).to_json()))
    assert list(data) == ["operator", "legal", "verdicts", "seconds", "environment"]
    assert data["operator"] == {"name": "p**(1/T)", "form": "separable", "expression": "p**(1/T)", "domain": ["0", "inf"]}
    assert data["legal"] == "refuted"
    assert data["verdicts"]["ax:ranking"] == {
        "verdict": "refuted", "scope": "V=2", "method": "enclosure", "trusts": [],
        "witness": {"p": ["99/100", "1/100"], "T": "2", "i": 0, "j": 1}, "reason": "", "seconds": 0.0,
    }
    assert data["verdicts"]["ax:entropy"]["witness"] is None
    assert data["verdicts"]["ax:entropy"]["trusts"] == ["sympy.simplify"]


def test_a_float_in_a_witness_is_refused():
    with pytest.raises(TypeError, match="exact"):
        plain({"T": 0.5})


def test_detail_is_one_line():
    assert detail(REFUTED) == "p = (99/100, 1/100), T = 2, i = 0, j = 1"
    assert detail(of(Challenged(WITNESS, "floats"))).endswith("; floats")


def test_notebook_table_is_whole_and_escaped():
    text = report(ax__entropy=of(Undecided("a < b & c")))._repr_html_()
    assert "a &lt; b &amp; c" in text
    rows = []

    class Rows(HTMLParser):
        def handle_starttag(self, tag, attrs):
            rows.append(tag)

    Rows().feed(text)
    assert rows.count("tr") == 1 + len(REQUIRED) + 2
