"""What a user may name: formulas, generators, files; what is refused at once and what is left to the verdict."""


import pytest
import sympy as sp

from numerics.budget import TimedOut, interrupt_within
from theorems.candidate import generator, parse_candidate, separable
from theorems.errors import InvalidOperator
from theorems.operator import BlackBox, Generator, Separable, T, V, p
from theorems.parse import parse_domain

OWN = """
import sympy as sp
from theorems.operator import *
def make(name, weight):
    return Operator(name, Separable(weight), Domain(sp.Integer(0), sp.oo))
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="mine.py"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def refusal(text, domain=None):
    with pytest.raises(InvalidOperator) as caught:
        parse_candidate(text, domain)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "low"),
    [("generator:log(p)", 0), ("generator:-1/p", 0), ("generator:log(p/(1-p))", 0), ("generator:p", 1), ("generator:sin(p)", 1), ("generator:-log(1-p)", 1)],
)
def test_generator_domain_follows_its_limit_at_zero(text, low):
    operator = parse_candidate(text)
    assert isinstance(operator.form, Generator)
    assert operator.domain.pair() == (str(low), "inf")


def test_generator_whose_limit_takes_too_long_gets_the_smaller_domain():
    def hang(expression, symbol, point):
        raise TimedOut("stopped")

    assert generator("log(p)", limit=hang).domain.pair() == ("1", "inf")


def test_weight_is_separable_on_all_temperatures():
    operator = parse_candidate(" p**(exp(1-T)) ")
    assert operator.form == Separable(p ** sp.exp(1 - T))
    assert operator.domain.pair() == ("0", "inf")
    assert operator.name == operator.expression()


def test_given_domain_wins():
    assert parse_candidate("p", parse_domain("1/2:8")).domain.pair() == ("1/2", "8")
    assert parse_candidate("generator:p", parse_domain("0:inf")).domain.pair() == ("0", "inf")
    assert parse_candidate("power", parse_domain("1:inf")).domain.pair() == ("1", "inf")


@pytest.mark.parametrize("name", ["power", "mixing", "logit", "reciprocal"])
def test_shipped_name(name):
    assert parse_candidate(name).name == name


@pytest.mark.parametrize(("text", "name"), [("tsallis(3/2)", "tsallis(3/2)"), ("tsallis( 0.5 )", "tsallis(1/2)"), ("tsallis(-1)", "tsallis(-1)")])
def test_family_member(text, name):
    assert parse_candidate(text).name == name


@pytest.mark.parametrize("text", ["tsallis(x)", "tsallis()", "tsallis(1,2)", "tsallis(1e999)", "tsallis(pi)", "power(2)"])
def test_family_member_refused(text):
    assert refusal(text)


def test_unknown_name_suggests_the_nearest():
    assert "power" in refusal("pwer").splitlines()[0]
    assert "unknown operator 'nothinglikeit'" in refusal("nothinglikeit")


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        ("log(p)", "not positive: it is -2.77259 at p = 1/16, T = 1"),
        ("-p", "not positive"),
        ("p - 1", "not positive"),
        ("0*p", "not positive"),
        ("(T-1)*p", "not positive"),
        ("sqrt(p - 1/2)", "not real at p = 1/16, T = 1"),
        ("log(-p)", "not real"),
        ("(-p)**p", "not real"),
        ("generator:log(p-1)", "not real at p = 1/16"),
        ("generator:sqrt(-p)", "not real"),
    ],
)
def test_weight_that_is_surely_none(weight, words):
    assert words in refusal(weight)


@pytest.mark.parametrize("weight", ["p - 1/2", "p/T + (1-1/T)/V", "1/T - 1/2 + p", "cos(4*p)", "log(1+p)", "exp(exp(exp(9*p)))", "abs(log(p))", "1/(1-p)"])
def test_weight_whose_faults_are_for_the_verdict(weight):
    assert isinstance(separable(weight).form, Separable)


def test_reading_an_expensive_weight_ends():
    assert isinstance(interrupt_within(separable, ("exp(exp(exp(9*p)))+p**1000*exp(-p**999)",), 20).form, Separable)


def test_file_with_one_operator(write):
    assert parse_candidate(write(OWN + "OPERATOR = make('steep', p**2)")).name == "steep"
    assert parse_candidate(write(OWN + "only = make('steep', p**2)")).name == "steep"


def test_file_with_several_operators(write):
    path = write(OWN + "a = make('a', p)\nb = make('b', p**2)")
    assert parse_candidate(path + ":b").name == "b"
    message = refusal(path)
    assert "several" in message and "mine.py:a" in message and "mine.py:b" in message
    assert "did you mean" in refusal(path + ":bb")


def test_file_with_a_function(write):
    path = write("def identity(p, T):\n    return p")
    assert isinstance(parse_candidate(path + ":identity").form, BlackBox)
    assert "defines no operator" in refusal(path)


def test_own_domain_of_a_file(write):
    path = write(OWN + "OPERATOR = make('steep', p**2)")
    assert parse_candidate(path, parse_domain("1:8")).domain.pair() == ("1", "8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "defines no operator"),
        ("x = 3", "defines no operator"),
        ("1/0", "raised ZeroDivisionError on import: division by zero"),
        ("raise SystemExit(7)", "raised SystemExit"),
        ("import nothing_of_the_kind", "raised ModuleNotFoundError"),
        ("def f(:", "raised SyntaxError"),
        ("raise ValueError('first\\nsecond')", "first; run it"),
        (OWN + "OPERATOR = make('x', sp.Symbol('q'))", "raised InvalidOperator on import: unknown symbol q"),
    ],
)
def test_file_refused_on_one_line(write, text, words):
    message = refusal(write(text))
    assert words in message
    assert "\n" not in message


def test_file_refused_by_name(write):
    assert "there is no file" in refusal("missing.py")
    assert "defines no operator 'nothing'" in refusal(write("x = 3") + ":nothing")
    assert "defines no operator 'x'" in refusal(write("x = 3") + ":x")


def test_weight_may_name_the_number_of_classes():
    assert separable("p + 1/V").form == Separable(p + 1 / V)
