"""What verify cites says what the verdict says: every reduction on a label rests on a claim whose conclusion states that property."""

import itertools

import pytest
import sympy as sp

from theorems.catalogue import axioms, operators
from theorems.chapters import entries
from theorems.conditions import parts
from theorems.criteria import FACTS, establishes
from theorems.logic import All, Exists, ForAll, Proposition, Relation
from theorems.operator import Blend, Composed, Domain, Generator, Operator, Reparametrised, Separable, T, Vector, p
from theorems.register import read

HOT, ALL = Domain(sp.Integer(1), sp.oo), Domain(sp.Integer(0), sp.oo)
POWER, MIXING = operators()["power"], operators()["mixing"]
SQUARE = Operator("square", Generator(p**2), HOT)
P1, P2 = sp.symbols("p1 p2", real=True)
MADE = (
    *operators().values(), SQUARE, Operator("log", Generator(sp.log(p)), ALL), Operator("line", Generator(2 * p + 1), HOT),
    Operator("root", Separable(sp.sqrt(p) + T), HOT), Operator("clocked", Reparametrised(POWER, T**2), ALL), Operator("half", Blend(POWER, MIXING, sp.Rational(1, 2)), HOT),
    Operator("both", Composed(MIXING, POWER), HOT), Operator("twice", Composed(SQUARE, SQUARE), HOT), Operator("pair", Vector((P1 / T + (1 - 1 / T) / 2, P2 / T + (1 - 1 / T) / 2)), HOT),
)


def leaves(proposition: Proposition):
    """Every relation with what it is claimed under: quantified names and conditions, outermost first."""
    todo = [(proposition, (), ())]
    while todo:
        part, names, given = todo.pop()
        if isinstance(part, All):
            todo += [(one, names, given) for one in part.args]
        elif isinstance(part, (ForAll, Exists)):
            todo.append((part.then, (*names, (type(part), part.variables)), (*given, *part.given)))
        elif isinstance(part, Relation):
            yield part, names, given


def has(proposition: Proposition, test) -> bool:
    return any(test(*leaf) for leaf in leaves(proposition))


def index_orders(given) -> list[Relation]:
    """Conditions that order two entries of one family strictly."""
    return [g for g in given if isinstance(g, Relation) and g.op in ("<", ">") and isinstance(g.left, (sp.Indexed, sp.Expr)) and g.left.func == g.right.func and g.left.has(sp.Indexed)]


def sums(term) -> bool:
    return term.has(sp.Sum)


def exists_first(names) -> bool:
    return bool(names) and names[0][0] is Exists


SHAPES = {
    "prop:simplex": lambda r, n, g: r.op == "=" and r.right == 1 and isinstance(r.left, sp.Sum),
    "ax:ranking": lambda r, n, g: r.op in (">", "<") and bool(index_orders(g)),
    "ax:identity": lambda r, n, g: r.op == "=" and isinstance(r.right, sp.Indexed) and bool(n),
    "prop:majorisation": lambda r, n, g: r.op in ("<=", ">=") and all(any(s.limits[0][2] == v for s in side.atoms(sp.Sum) for _, vs in n for v in vs) for side in r.args[:1]),
    "ax:entropy": lambda r, n, g: r.op in ("<=", ">=") and sums(r.left) and sums(r.right) and not n,
    "ax:continuity": lambda r, n, g: exists_first(n) and r.op in ("<", ">") and any(str(v) in ("T2", "r") for _, vs in n for v in vs),
    "ax:boundary-hot": lambda r, n, g: r.has(1 / sp.Symbol("V", integer=True)) and r.op in ("<", ">", "<=", ">="),
    "ax:boundary-cold": lambda r, n, g: r.has(1 / sp.Symbol("N", integer=True)) and r.op in ("<", ">", "<=", ">="),
    "prop:semigroup": lambda r, n, g: r.op == "=" and bool(n),
    "prop:equivariance": lambda r, n, g: r.op == "=" and r.has(sp.IndexedBase("s", integer=True)),
    "prop:lipschitz": lambda r, n, g: r.op in ("<=", "=") and r.left.has(sp.Abs) and r.right.has(sp.Abs) and sums(r.left) and sums(r.right),
    "prop:kl-nonexpansive": lambda r, n, g: r.op == "<=" and sums(r.left) and sums(r.right),
    "prop:restriction": lambda r, n, g: r.op == "=" and any(s.limits[0][2] == sp.Symbol("k", integer=True) for s in r.atoms(sp.Sum)),
    "prop:affine": lambda r, n, g: r.op == "=" and r.right.has(sp.Symbol("t", real=True), sp.Symbol("c", real=True)),
}
SHAPES["ax:boundary-hot-face"] = SHAPES["ax:boundary-hot"]


def unfounded(label: str, cites: tuple[str, ...]) -> str:
    """What is wrong with what a reduction on `label` cites; '' where it is in order."""
    known = establishes()
    for cited in cites:
        if cited in FACTS:
            continue
        if cited not in entries() or entries()[cited].claim.expected != "proved":
            return f"{cited} is no claim that stands"
    if not any(label in known.get(cited, ()) or label in FACTS.get(cited, ()) for cited in cites):
        return f"{', '.join(cites)} do not state {label}"
    return ""


@pytest.mark.parametrize("operator", MADE, ids=lambda operator: operator.name)
def test_every_reduction_cites_a_claim_that_states_its_label(operator):
    wrong = {}
    for label, axiom in axioms().items():
        for form in (operator.form, *operator.also):
            for number, reduction in enumerate(axiom.reductions(operator, form)):
                if fault := unfounded(label, reduction.cites):
                    wrong[label, number] = fault
    assert not wrong


def test_every_label_has_a_reduction_for_every_structured_form():
    """The test above is about something: each form that carries a claim was met on each label."""
    met = {(label, type(form)) for operator in MADE for label, axiom in axioms().items() for form in (operator.form, *operator.also) for _ in axiom.reductions(operator, form)}
    assert {(label, form) for label, form in itertools.product(axioms(), (Separable, Generator, Blend, Reparametrised, Composed))} - met == {
        ("prop:restriction", Blend), ("prop:semigroup", Blend), ("prop:kl-nonexpansive", Blend), ("prop:semigroup", Composed)}


@pytest.mark.parametrize("label", [label for label in establishes()])
def test_what_a_criterion_establishes_stands_in_its_conclusion(label):
    conclusion = entries()[label].claim.conclusion
    assert all(has(conclusion, SHAPES[property_]) for property_ in establishes()[label]), str(conclusion)


def test_a_planted_citation_is_seen():
    assert unfounded("ax:continuity", ("op:separable-criterion",)) and unfounded("ax:continuity", ("op:separable-criterion/ranking",))
    assert unfounded("ax:ranking", ("op:nothing",)) and unfounded("prop:affine", ()) and unfounded("ax:ranking", ("op:power-kl",))
    assert not unfounded("ax:continuity", ("op:separable-criterion/continuity",))
    ranking = entries()["op:separable-criterion/ranking"].claim.conclusion
    assert [name for name, shape in SHAPES.items() if has(ranking, shape)] == ["ax:ranking"]


def cited(operator: Operator) -> set[str]:
    """All claims that a verdict on the operator may rest on."""
    forms = (operator.form, *operator.also)
    own = {label for axiom in axioms().values() for form in forms for reduction in axiom.reductions(operator, form) for label in reduction.cites}
    return own.union(*(cited(part) for part in parts(operator.form)))


@pytest.mark.parametrize("label", [label for label, entry in entries().items() if entry.operator])
def test_recorded_matrices_rest_on_the_present_criteria(label):
    """A matrix recorded before a criterion changed is found out."""
    recorded = {trust for trust in read()[label].trusts if trust.startswith(("op:", "base:", "access:"))} - set(entries()[label].claim.uses)
    assert recorded and recorded <= cited(operators()[entries()[label].operator]), "run `overproof prove LABEL --record`"
