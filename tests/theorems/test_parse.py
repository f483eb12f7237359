"""The closed grammar: what it reads, what it refuses, and that nothing is ever evaluated as Python."""

import ast
from fractions import Fraction
from pathlib import Path

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

import theorems.candidate
import theorems.grammar
import theorems.parse
from numerics.budget import interrupt_within
from theorems.errors import InvalidOperator
from theorems.operator import T, V, p
from theorems.parse import parse_domain, parse_expression

READ = {
    "p**(1/T)": p ** (1 / T),
    "p/T + (1 - 1/T)/V": p / T + (1 - 1 / T) / V,
    "0.1*p": p / 10,
    "1e-3": sp.Rational(1, 1000),
    "2.5E2": sp.Integer(250),
    ".5": sp.Rational(1, 2),
    "-p**2": -(p**2),
    "p**-1": 1 / p,
    "2**3**2": sp.Integer(512),
    "1 - 2 - 3": sp.Integer(-4),
    "8/4/2": sp.Integer(1),
    "2/3*3": sp.Integer(2),
    "- - p": p,
    "+p": p,
    "2*-p": -2 * p,
    "pi*p": sp.pi * p,
    "E**p": sp.exp(p),
    "sqrt(p)": sp.sqrt(p),
    "max(p, 1/10, T)": sp.Max(p, sp.Rational(1, 10), T),
    "min(p,T)": sp.Min(p, T),
    "Abs(p) + Max(p, T) + Min(p, T)": sp.Abs(p) + sp.Max(p, T) + sp.Min(p, T),
    "exp(log(p)/T)": sp.exp(sp.log(p) / T),
    "sin(p)+cos(p)+tan(p)+atan(p)+sinh(p)+cosh(p)+tanh(p)+abs(p)": (
        sp.sin(p) + sp.cos(p) + sp.tan(p) + sp.atan(p) + sp.sinh(p) + sp.cosh(p) + sp.tanh(p) + sp.Abs(p)
    ),
    "p*exp(-(T-1)*p)": p * sp.exp(-(T - 1) * p),
    "p**(12345.678/T)": p ** (sp.Rational(12345678, 1000) / T),
    "exp(0.123456*log(p+2)/T)": sp.exp(sp.Rational(123456, 10**6) * sp.log(p + 2) / T),
}

#: Text, column of the caret (None: no caret), a word of the message.
REFUSED = [
    ("", 1, "complete"),
    ("p+", 3, "complete"),
    ("p**(1/T", 8, "close the parenthesis"),
    ("p**(1/T))", 9, "check the parentheses"),
    ("p^2", 2, "**"),
    ("2p", 2, "missing operator"),
    ("2(p)", 2, "missing operator"),
    ("p p", 3, "missing operator"),
    ("p(2)", 1, "unknown function"),
    ("x**2", 1, "unknown symbol 'x'"),
    ("p + t", 5, "did you mean T?"),
    ("ln(p)", 1, "did you mean log?"),
    ("sqr(p)", 1, "did you mean sqrt?"),
    ("exp", 1, "write exp(...)"),
    ("exp(p, T)", 1, "write exp(...)"),
    ("max(p)", 1, "write max(..., ...)"),
    ("exp()", 5, "complete"),
    ("1/0", 2, "division by zero"),
    ("p/(1-1)", 2, "division by zero"),
    ("0**-1", 2, "not a real number"),
    ("log(0)", 1, "not a real number"),
    ("log(-1)", 1, "not a real number"),
    ("sqrt(-1)", 1, "not a real number"),
    ("(-8)**(1/3)", 5, "not a real number"),
    ("10**10**10", 3, "exponent"),
    ("9**9**9**9", 5, "exponent"),
    ("p**(10**10)", 2, "exponent"),
    ("1e400", 1, "too large"),
    ("1e999999999999", 1, "too large"),
    ("9" * 51, 1, "digits"),
    ("exp(exp(exp(1000)))", 9, "too large"),
    ("((2*p)**1000)**1000", 14, "too large"),
    ("exp(100000*log(2))", 1, "too large"),
    ("exp(100000*log(2*p)*T)", 1, "too large"),
    ("2**(10**40+p)*2**(-p)", 2, "too large"),
    ("2**(100000*log(3)*p/log(2))", 2, "too large"),
    ("(" * 500 + "p" + ")" * 500, 65, "flatter"),
    ("-" * 900 + "p", 65, "flatter"),
    ("p**" * 300 + "p", 193, "flatter"),
    ("max(" + ",".join(["p"] * 20) + ")", 1, "fewer"),
    ("p" * 10**6, None, "1000000 characters"),
    ("(" * 10**6, None, "characters"),
    ("__import__('os')", 12, "unexpected character"),
    ("__import__(p)", 1, "unknown function"),
    ("p.__class__", 2, "attribute"),
    ("p.real", 2, "attribute"),
    ("lambda p: p", 8, "missing operator"),
    ("p if p else T", 3, "missing operator"),
    ("p[0]", 2, "unexpected character"),
    ("p; T", 2, "unexpected character"),
    ("w = p", 3, "missing operator|unexpected character"),
    ("p == T", 3, "left-hand side"),
    ("'p'", 1, "unexpected character"),
    ("p\n+1", 2, "unexpected character"),
    ("\x1b[31mp", 1, "unexpected character"),
    ("p\x00", 2, "unexpected character"),
    ("\uff50**2", 1, "unexpected character"),
    ("\U0001d429", 1, "unexpected character"),
    ("p\u200b", 2, "unexpected character"),
    ("\u03c0", 1, "unexpected character"),
    ("\u0661", 1, "unexpected character"),
    ("1_000", 2, "missing operator"),
    ("0x10", 2, "missing operator"),
    ("1j", 2, "missing operator"),
    ("inf", 1, "unknown symbol"),
    ("nan", 1, "unknown symbol"),
    ("I", 1, "unknown symbol"),
    ("zoo", 1, "unknown symbol"),
    ("True", 1, "unknown symbol"),
]


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=list(READ))
def test_reads(text, expected):
    assert parse_expression(text, (p, T, V)) == expected


@pytest.mark.parametrize("text", READ)
def test_reads_back_what_it_prints(text):
    expression = parse_expression(text, (p, T, V))
    assert parse_expression(str(expression), (p, T, V)) == expression


@pytest.mark.parametrize(("text", "column", "words"), REFUSED, ids=[case[0][:24].encode("unicode_escape").decode() for case in REFUSED])
def test_refuses_at_once_and_points_at_the_place(text, column, words):
    with pytest.raises(InvalidOperator) as caught:
        interrupt_within(parse_expression, (text, (p, T, V)), 5)
    first, *rest = str(caught.value).split("\n")
    assert any(word in first for word in words.split("|"))
    if column is None:
        assert not rest
        return
    assert f"column {column}" in first
    window, caret = rest
    assert window.isascii() and window.isprintable()
    assert caret.strip() == "^"
    start_of_window = max(0, column - 1 - 40)
    assert caret.index("^") - 2 == column - 1 - start_of_window


def test_a_longer_text_may_be_allowed():
    text = "+".join(["p*T"] * 1000)
    with pytest.raises(InvalidOperator):
        parse_expression(text, (p, T))
    assert parse_expression(text, (p, T), length=10_000) == 1000 * p * T


ATOMS = st.one_of(
    st.integers(0, 999).map(str),
    st.decimals(0, 99, places=3).map(str),
)


@given(st.recursive(ATOMS, lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"), max_leaves=12))
def test_arithmetic_is_exact(text):
    oracle = eval(_as_fractions(text), {"Fraction": Fraction})
    value = parse_expression(text, ())
    assert (int(value.p), int(value.q)) == (oracle.numerator, oracle.denominator)


def _as_fractions(text):
    words = text.replace("(", " ( ").replace(")", " ) ").split()
    return " ".join(f"Fraction('{word}')" if word[0].isdigit() else word for word in words)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        assert isinstance(parse_expression(text, (p, T, V)), sp.Basic)
    except InvalidOperator as error:
        assert str(error).splitlines()[0]


@given(st.text(alphabet="pTV0123456789.+-*/(),eE logexpsqrtmaxabs", max_size=30))
def test_any_text_over_the_grammar_is_read_or_refused(text):
    try:
        parse_expression(text, (p, T, V))
    except InvalidOperator:
        pass


@pytest.mark.parametrize("module", [theorems.parse, theorems.grammar, theorems.candidate])
def test_the_source_never_evaluates_text(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert names.isdisjoint({"eval", "exec", "compile", "__import__"})
    assert (names | attributes).isdisjoint({"sympify", "parse_expr", "lambdify", "S"})
    assert "InvalidOperator" in names


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("0:inf", 0, sp.oo), ("1:inf", 1, sp.oo), ("1/2:8", sp.Rational(1, 2), 8), ("0.25:1", sp.Rational(1, 4), 1), ("0:oo", 0, sp.oo)],
)
def test_domain(text, low, high):
    domain = parse_domain(text)
    assert (domain.low, domain.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    ["", ":", "1", "2:3", "0:1/2", "1:1", "inf:1", "-1:2", "a:b", "1:2:3", "0:nan", "sqrt(2)/2:2", "8:1/2", "0:10**10**10", "1:" + "9" * 10**6],
)
def test_domain_refused_on_one_line(text):
    with pytest.raises(InvalidOperator) as caught:
        parse_domain(text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200
