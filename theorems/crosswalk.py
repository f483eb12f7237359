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
              ("path:euler", "path:iterative-beats-one-shot", "path:one-shot-beats-iterative", "path:first-order-stages", "path:sparse-hull",
               "path:sparse-hull-closed"),
              "Stages that track a smooth path do converge, and n-sparse combinations in a convex hull reach 1/n (in a closed hull the usual bound "
              "fails); but exact witnesses exist in both directions, so neither schedule wins always."),
    Assertion("SKD", "(iii)", "n-stage distillation converges at rate O(1/n) with explicit dependence on the parameters.",
              ("path:quadratic-stages", "path:floor", "path:end-to-end", "path:hoeffding", "path:logit-length", "path:temperature",
               "path:anchored", "path:parameters"),
              "The sum of stage divergences is O(1/n) with explicit constants; the divergence from the first teacher to the last student "
              "is not, unless every stage mixes in the teacher; with a floor per stage more stages hurt beyond an explicit number."),
    Assertion("SKD", "(iv)", "Distinct operators give identical students under capacity constraints: equivalence classes.",
              ("eq:moments", "eq:projection", "eq:coarsening", "eq:argmax", "eq:argmax/tie", "eq:binary", "eq:matched-temperature"),
              "Stands, with the classes made explicit: equal moments, equal projections, equal arg-max (A1 alone leaves ties open); at full capacity they "
              "are singletons. Where one moment is matched monotonically the second operator has exactly one temperature, computed with a certified enclosure."),
    Assertion("SKD", "(v)", "Several non-equivalent families satisfy the axioms.",
              ("op:power", "op:mixing", "op:tsallis", "op:logit", "op:reciprocal", "op:non-uniqueness", "op:generator-class",
               "op:separable-criterion", "op:binary-collapse", "op:binary-collapse/interior", "op:blend", "op:blend/constant", "op:reparametrisation"),
              "Stands for three classes and more; for two classes all legal operators pass through the same points of the interior. The hot limit fails "
              "for power on faces of the simplex, and the cold limit does not speak of mixing."),
    Assertion("SKD", "(vi)", "All learning-theoretic guarantees hold uniformly over the operator class.",
              ("bv:operator-agnostic", "op:axioms-silent", "op:shannon-not-majorisation", "op:power-not-lipschitz", "op:power-holder",
               "op:power-lipschitz-local", "op:power-kl", "op:sequence-entropy"),
              "Stands for the identities, which use no axiom; a global Lipschitz constant, majorisation and non-expansion do not follow "
              "from the axioms, and power itself has no global constant."),
    Assertion("SKD", "(vii)", "Grounding for black-box teachers, top-k truncation, text-only outputs and privacy.",
              ("access:black-box", "access:topk", "access:topk-fill", "access:topk-softened", "access:topk-softened/limit", "access:topk-softened/face",
               "access:restriction", "access:restriction/mixing", "access:text-rate", "access:text-unbiased", "access:text-unbiased/mixing",
               "access:text-unbiased/power", "access:no-free-lunch", "access:privacy-mixing", "access:privacy-power"),
              "Each access model gets an explicit bound; none serves all: power commutes with truncation and is biased from samples, mixing is the reverse, "
              "no legal family but the identity has both, and power offers no privacy over the whole simplex. The softened mass outside the top k tends to "
              "(V - k)/V in the interior only."),
    Assertion("PL", "(i)", "The expected risk of a distilled linear classifier converges fast.",
              ("lin:risk", "lin:margin", "lin:polynomial"),
              "Stands, with the constants of the statements: p(beta) + p(pi/2 - beta)^n for every beta. It is loose: on "
              "Gaussian inputs and on handwritten digits it stays trivial while the measured risk falls to 0."),
    Assertion("PL", "(ii)", "Data geometry, class separation in particular, sets the speed.",
              ("lin:risk", "lin:margin", "lin:polynomial"),
              "Stands: only the law of the angle to the teacher enters; a margin gives a geometric rate, a polynomial law of angles a polynomial one."),
    Assertion("PL", "(iii)", "Optimisation bias: gradient descent finds a very favourable minimum.",
              ("lin:limit", "lin:deep", "lin:deep/near", "lin:bias"),
              "Stands: the flow from 0 keeps no component off the data, deep students from a small balanced start keep little, and any other start costs "
              "its squared distance from the data on average."),
    Assertion("PL", "(iv)", "Strong monotonicity: the expected risk falls with every further example; n >= d recovers the teacher, n < d its projection.",
              ("lin:limit", "lin:limit/few", "lin:limit/many", "lin:monotone", "lin:monotone-risk", "lin:monotone-risk/mean",
               "lin:monotone-risk/invariant"),
              "The limits stand, with a rate, and so does monotonicity of the distance and of the angle to the teacher. For the risk it is false for some "
              "input laws, on nested data and on average, by three inputs in three dimensions; it is true for rotation-invariant laws."),
    Assertion("LW", "(i)", "From a source that represents the parts linearly, distilling into a graph network aligned with a dynamic programme is "
              "efficient in the size of its transition function as a decision tree.",
              ("dp:local", "dp:local/run", "dp:local/samples", "dp:local/exact", "dp:unrolling", "dp:unrolling/cost", "dp:unrolling/samples", "tree:clause-count",
               "tree:search-cost", "dp:experiment"),
              "Stands for the node update: the search is polynomial in its local bits, 2^r, tau and B, the examples in s, 2^r, ln(1/delta) and "
              "1/eps, and neither sees the size of the graph; only the error of a whole run grows, by rounds times nodes. Unrolled, n node updates "
              "cost s^n leaves at depth n r, n l bit updates s^(n l) at depth n l r; the guarantee poly(s^n, 2^(n l r)) mixes the two counts. Four programmes are recovered from trained sources."),
    Assertion("LW", "(ii)", "This is a rigorous sufficient condition in the spirit of algorithmic alignment.",
              ("dp:generalises", "dp:local", "dp:local/exact", "dp:experiment"),
              "Stands in our formalisation: an exact node update gives the exact answer on every graph, whatever its size and the number of rounds; "
              "measured, the recovered updates agree with NetworkX on graphs where their sources fail."),
    Assertion("BA", "(i)", "PAC-distillation is defined like PAC-learning.", ("tree:finite-class", "tree:finite-class/agnostic", "tree:class-free", "tree:hidden-half"),
              "The sample bounds for finite classes stand, the agnostic one with half the failure probability; a bound that sees the inputs' law only "
              "and not the class is false for every number of samples."),
    Assertion("BA", "(ii)", "Networks can be distilled efficiently into succinct decision trees under the linear representation hypothesis.",
              ("tree:search-cost/samples", "tree:clause-count", "tree:clause-count/characters", "tree:search-cost", "tree:probe-fit", "tree:probe-fit/batches",
               "tree:probe-validation", "tree:probe-validation/fitted", "tree:dp-exact", "tree:dp-exact/reached", "tree:extraction",
               "tree:extraction/deeper"),
              "Stands as one theorem on the whole algorithm, with explicit numbers of inputs and probes, for inputs uniform on bits and root-mean-square "
              "errors below 2^(-k). Trained networks hold many hidden clauses less well than it asks; keeping the k best recovers every "
              "hidden tree of depth 4 or less all the same, and at depth 5, where the published table shows one tree that comes back, not every one."),
    Assertion("BA", "(iii)", "Distillation can be much cheaper than learning from scratch.", ("tree:cheaper", "tree:cheaper/deeper"),
              "Measured in examples: no hidden tree of depth 4 or less took more examples to distil than to learn, some a tenth, the network's own training not "
              "counted; at depth 5 boosted trees learned some that the search misses. In seconds, learning a tree from the same examples is faster."),
    Assertion("BA", "(iv)", "Progress on the complexity of distillation in time and data.",
              ("tree:search-cost/samples", "tree:finite-class", "tree:finite-class/agnostic", "tree:class-size", "tree:probe-fit", "tree:probe-fit/batches",
               "tree:probe-validation", "tree:probe-validation/fitted", "tree:clause-count", "tree:search-cost"),
              "All counts stand with explicit constants, together too: inputs for the tree, for fitting and for validating the probes, and the probes themselves."),
    Assertion("IJC", "(i)", "One framework explains prevailing methods such as softmax-regression representation learning.",
              ("joint:losses", "joint:losses/uncontrolled"),
              "Stands as: feature matching minimises the distance term, softmax regression the distance of outputs, each of which bounds the error gap of "
              "the frozen head; neither sees a head of the student's own, and softmax regression does not see the features."),
    Assertion("IJC", "(ii)", "The student's error is bounded through the teacher's with tools of domain adaptation.",
              ("joint:bound", "joint:frozen-head", "joint:divergence", "joint:lambda-needed", "joint:head-constant"),
              "Stands with the joint error lambda where the two sides have labels of their own; without it the bound is then false, by one input. With "
              "labels in common, as in distillation, neither lambda nor the factor 2 is needed."),
    Assertion("IJC", "(iii)", "Hence knowledge transfers efficiently across applications.", ("joint:experiment",),
              "Measured on digits only, and nothing is claimed beyond: the gap obeys the bound, which is many times as large."),
)
