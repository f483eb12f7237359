"""The crosswalk: what each source asserts, in our words, and which claims of the ledger formalise it.

A summary says what stands, what falls and what was repaired; it never presents our formalisation as the source's own.
Verdicts are not written here: they come from the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True)
class Assertion:
    """One asserting sentence of an abstract: the source's key, a number, its sense, the labels, one sentence on the outcome."""

    source: str
    number: str
    sense: str
    claims: tuple[str, ...]
    summary: str


CROSSWALK: tuple[Assertion, ...] = (
    Assertion("SKD", "(a)", "Softening probabilities by p^(1/T) is softening logits by softmax(z/T).",
              ("op:log-equivalence", "access:black-box"),
              "Stands exactly, for every number of classes; rounded probabilities lose accuracy at the Hölder rate 1/T."),
    Assertion("SKD", "(i)", "Operator-agnostic bias-variance decompositions say when sparse students beat dense teachers.",
              ("bv:squared", "bv:kl", "bv:reverse-kl", "bv:bregman", "bv:operator-agnostic", "bv:criterion-as-stated", "bv:criterion",
               "bv:softening-bias", "bv:linear-dense", "bv:linear-sparse", "bv:linear-distilled", "bv:triple-point", "bv:ridge-mixing",
               "bv:bayes-teacher"),
              "The decompositions stand and use no axiom; the reported criterion is false as written, for it measures the student's bias "
              "against the softened teacher; with both biases against the truth it is an exact equivalence."),
    Assertion("SKD", "(ii)", "A homotopy path explains why iterative compression works where one-shot pruning fails.",
              ("path:euler", "path:iterative-beats-one-shot", "path:one-shot-beats-iterative", "path:first-order-stages", "path:sparse-hull"),
              "Stages that track a smooth path do converge; but exact witnesses exist in both directions, so neither schedule wins always."),
    Assertion("SKD", "(iii)", "n-stage distillation converges at rate O(1/n) with explicit dependence on the parameters.",
              ("path:quadratic-stages", "path:floor", "path:end-to-end", "path:hoeffding", "path:logit-length", "path:temperature",
               "path:anchored", "path:parameters"),
              "The sum of stage divergences is O(1/n) with explicit constants; the divergence from the first teacher to the last student "
              "is not, and with a floor per stage more stages hurt beyond an explicit number."),
    Assertion("SKD", "(iv)", "Distinct operators give identical students under capacity constraints: equivalence classes.",
              ("eq:moments", "eq:projection", "eq:coarsening", "eq:argmax", "eq:binary", "eq:matched-temperature"),
              "Stands, with the classes made explicit: equal moments, equal projections, equal arg-max; at full capacity they are singletons."),
    Assertion("SKD", "(v)", "Several non-equivalent families satisfy the axioms.",
              ("op:power", "op:mixing", "op:tsallis", "op:logit", "op:reciprocal", "op:non-uniqueness", "op:generator-class",
               "op:separable-criterion", "op:binary-collapse", "op:blend", "op:reparametrisation"),
              "Stands for three classes and more; for two classes all legal operators pass through the same points. The hot limit fails "
              "for power on faces of the simplex, and the cold limit does not speak of mixing."),
    Assertion("SKD", "(vi)", "All learning-theoretic guarantees hold uniformly over the operator class.",
              ("bv:operator-agnostic", "op:axioms-silent", "op:shannon-not-majorisation", "op:power-not-lipschitz", "op:power-holder",
               "op:power-lipschitz-local", "op:power-kl", "op:sequence-entropy"),
              "Stands for the identities, which use no axiom; a global Lipschitz constant, majorisation and non-expansion do not follow "
              "from the axioms, and power itself has no global constant."),
    Assertion("SKD", "(vii)", "Grounding for black-box teachers, top-k truncation, text-only outputs and privacy.",
              ("access:black-box", "access:topk", "access:topk-fill", "access:topk-softened", "access:restriction", "access:text-rate",
               "access:text-unbiased", "access:no-free-lunch", "access:privacy-mixing", "access:privacy-power"),
              "Each access model gets an explicit bound; none serves all: no legal family but the identity is both unbiased from samples "
              "and consistent under truncation, and power offers no privacy over the whole simplex."),
    Assertion("PL", "(i)", "The expected risk of a distilled linear classifier converges fast.",
              ("lin:risk", "lin:margin", "lin:polynomial"), "Stands, with the constants of the statements."),
    Assertion("PL", "(ii)", "Data geometry, class separation in particular, sets the speed.",
              ("lin:margin", "lin:polynomial"), "Stands: a margin gives a geometric rate, a polynomial law of angles a polynomial one."),
    Assertion("PL", "(iii)", "Optimisation bias: gradient descent finds a very favourable minimum.",
              ("lin:limit", "lin:deep", "lin:bias"), "Stands: the flow from 0 keeps no component off the data, and any other start is worse on average."),
    Assertion("PL", "(iv)", "Strong monotonicity: the expected risk falls with every further example.",
              ("lin:monotone", "lin:monotone-risk"),
              "Stands for the distance and the angle to the teacher; for the risk it is false for some input laws and true for rotation-invariant ones."),
    Assertion("LW", "(i)", "Distilling into a graph network aligned with a dynamic programme is efficient in its transition function.",
              ("dp:unrolling", "dp:local", "dp:generalises", "dp:experiment"),
              "Stands for the local update, at a cost that does not see the size of the graph; the unrolled route costs exponentially more."),
    Assertion("LW", "(ii)", "This is a rigorous sufficient condition in the spirit of algorithmic alignment.",
              ("dp:local", "dp:generalises"), "Stands in our formalisation: exact node updates give exact outputs on every graph."),
    Assertion("BA", "(i)", "PAC-distillation is defined like PAC-learning.", ("tree:finite-class", "tree:class-free"),
              "The sample bound for finite classes stands; a bound without the class is false, by an exact family of examples."),
    Assertion("BA", "(ii)", "Networks can be distilled efficiently into succinct decision trees under the linear representation hypothesis.",
              ("tree:clause-count", "tree:search-cost", "tree:dp-exact", "tree:extraction"),
              "The counts and the exact programme stand; the published table is measured again side by side."),
    Assertion("BA", "(iii)", "Distillation can be much cheaper than learning from scratch.", ("tree:cheaper",),
              "Measured on real runs, against trees learned from the same labelled examples."),
    Assertion("BA", "(iv)", "Progress on the complexity of distillation in time and data.", ("tree:finite-class", "tree:search-cost"),
              "Both counts stand with explicit constants."),
    Assertion("IJC", "(i)", "One framework explains prevailing methods such as softmax-regression representation learning.",
              ("joint:losses",), "Stands as: each known loss minimises one bound and leaves a named term uncontrolled."),
    Assertion("IJC", "(ii)", "The student's error is bounded through the teacher's with tools of domain adaptation.",
              ("joint:bound", "joint:frozen-head", "joint:divergence", "joint:lambda-needed"),
              "Stands with the joint error lambda in the bound; without it the bound is false, by a finite witness."),
    Assertion("IJC", "(iii)", "Hence knowledge transfers efficiently across applications.", ("joint:experiment",),
              "Measured on digits only; nothing is claimed beyond."),
)
