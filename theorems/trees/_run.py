"""The algorithm of `tree:search-cost/samples`, run on every outcome of its three samples on a small cube: exact values of all that it does."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, final

import sympy as sp

from theorems.entry import Draw, Sample
from theorems.trees import class_size, cube
from theorems.trees.programme_exact import laid_out, listed, tabulated

Clause = tuple[tuple[int, int], ...]
Vector = tuple[sp.Expr, ...]
Rule = tuple[sp.Expr, ...]  # a function of the input: its value at every point
ZERO, ONE, HALF = sp.Integer(0), sp.Integer(1), sp.Rational(1, 2)
ROOT, POSITIONS, LABELS = 1, 3, 2


def inner(one: Vector, other: Vector) -> sp.Expr:
    return sum((x * y for x, y in zip(one, other, strict=True)), ZERO)


def mean(values: list[sp.Expr]) -> sp.Expr:
    return sum(values, ZERO) / len(values)


@final
@dataclass(frozen=True)
class Setting:
    """A source whose representation (1, x) `scale` holds all literals, a hidden tree that splits on the first bit or not at all, and the sizes."""

    bits: int
    depth: int
    leaves: int
    splits: bool
    scale: sp.Expr
    slack: sp.Expr
    error: sp.Expr
    held: tuple[bool, ...]
    stray: Vector
    batches: int
    sizes: tuple[int, int, int]

    @property
    def points(self) -> list[Vector]:
        return [cube.point(self.bits, code) for code in range(2**self.bits)]

    @property
    def clauses(self) -> list[Clause]:
        """Every clause of at most `depth` literals (place, sign), short ones before long ones."""
        return clauses(self.bits, self.depth)

    @property
    def tau(self) -> sp.Expr:
        return 2 / self.scale

    @property
    def reach(self) -> sp.Expr:
        """At least the length of the representation."""
        return sp.ceiling(16 * self.scale * sp.sqrt(self.bits + 1)) / 16

    @property
    def largest(self) -> sp.Expr:
        return (1 + self.tau * self.reach) ** 2

    @property
    def square(self) -> sp.Expr:
        return self.slack**2 * sp.Integer(4) ** (1 - self.depth)

    @property
    def rules(self) -> list[Rule]:
        """The functions of trees with so many leaves, two at most."""
        constant: list[Rule] = [(sp.Integer(label),) * len(self.points) for label in range(LABELS)]
        split = [tuple(sp.Integer(yes if x[place] == 1 else no) for x in self.points) for place in range(self.bits) for yes, no in ((0, 1), (1, 0))]
        return [*constant, *split] if self.leaves > 1 else constant

    @property
    def hidden(self) -> Rule:
        return self.rules[LABELS if self.splits else 0]

    def represented(self, x: Vector) -> Vector:
        return tuple(self.scale * entry for entry in (ONE, *x))

    def vector(self, clause: Clause) -> Vector:
        """Of the empty clause or of a literal; of longer clauses only the part that does not depend on the input."""
        own = [ZERO] * self.bits
        for place, sign in clause[:1] if len(clause) == 1 else ():
            own[place] = sign * HALF / self.scale
        return (HALF ** len(clause) / self.scale, *own)

    def probe(self, number: int, seen: list[Vector]) -> Vector:
        """Probe `number` of all, without error on what its batch saw if its clause is held: a stray one, where a bit was the same on all of that."""
        clause, stray = number % len(self.clauses), self.stray[number]
        vector = list(self.vector(self.clauses[clause]))
        same = [place for place in range(self.bits) if len({x[place] for x in seen}) == 1]
        if same or not self.held[clause]:
            place = same[0] if same else 0
            vector[0] -= stray * seen[0][place]
            vector[place + 1] += stray
        return tuple(vector)


def clauses(bits: int, depth: int) -> list[Clause]:
    return [tuple(zip(places, signs, strict=True)) for size in range(min(bits, depth) + 1)
            for places in combinations(range(bits), size) for signs in product((1, -1), repeat=size)]


def holds(clause: Clause, x: Vector) -> sp.Expr:
    return sp.Integer(all(x[place] == sign for place, sign in clause))


def extends(longer: Clause, clause: Clause) -> bool:
    return len(longer) == len(clause) + 1 and set(clause) < set(longer)


def draw_setting(draw: Draw, bits: int) -> Setting:
    depth, splits = draw.integer(1, 2), bool(draw.integer(0, 1))
    batches = draw.integer(1, 2) if bits == 1 else 1
    sizes = (1, 1, 1 if bits > 1 or batches > 1 else draw.integer(1, 2))
    scale, every = draw.rational(HALF, 2), clauses(bits, depth)
    held = tuple(not clause or (len(clause) == 1 and (splits or bool(draw.integer(0, 1)))) for clause in every)
    stray = tuple(draw.rational(-1, 1) / (2 * scale) for _ in range(batches * len(every)))
    return Setting(bits, depth, 2 if splits else draw.integer(1, 2), splits, scale, draw.rational(sp.Rational(1, 8), sp.Rational(7, 8)),
                   draw.rational(sp.Rational(1, 4), 1), held, stray, batches, sizes)


def probed(own: Setting, fit: list[list[Vector]], judge: list[Vector]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What depends on the probes, batch after batch: values with the index of the outcome, and values of random names."""
    size = len(own.clauses)
    probes = [own.probe(batch * size + clause, seen) for batch, seen in enumerate(fit) for clause in range(size)]
    gap = [[holds(own.clauses[number % size], x) - inner(probe, own.represented(x)) for x in own.points] for number, probe in enumerate(probes)]
    square = [mean([y**2 for y in row]) for row in gap]
    losses = tuple(tuple(row[own.points.index(x)] ** 2 / own.largest for x in judge) for row in gap)
    sums = tuple(tuple(sum(row[:last], ZERO) for last in range(len(row) + 1)) for row in losses)
    level, step = 3 * own.square / (4 * own.largest), own.square / (4 * own.largest)
    passes = [bool(row[-1] <= len(judge) * level) for row in sums]
    wrong = [bool(y / own.largest >= level + step if fine else y / own.largest <= level - step) for y, fine in zip(square, passes, strict=True)]
    worst = [max((batch * size + clause for clause, held in enumerate(own.held) if held), key=lambda number: square[number]) for batch in range(len(fit))]
    unfit = [bool(square[number] >= own.square / 2) for number in worst]
    every = tuple(sp.Integer(all(unfit[:batch])) for batch in range(len(fit) + 1))
    return ({"w": tuple(probes), "e": tuple(y / own.largest for y in square), "H": tuple(map(sp.Integer, passes)), "y": tuple(number + 1 for number in worst),
             "H_C": tuple(sp.Integer(any(passes[clause::size])) for clause in range(size)), "x_B": (*unfit, False).index(False) % len(fit) + 1},
            {"M": losses, "S": sums, "A": tuple(map(sp.Integer, wrong)), "U": tuple(map(sp.Integer, unfit)), "Q": every})


def searched(own: Setting, probes: tuple[sp.Expr, ...]) -> dict[str, Any]:
    """What is kept by probes that pass, and how many clauses were tested for it."""
    kept: list[int] = [0]
    size = len(own.clauses)
    passes = [any(probes[clause::size]) for clause in range(size)]
    first = [next((number for number in range(clause, len(probes), size) if probes[number]), clause) for clause in range(size)]
    for number, clause in enumerate(own.clauses):
        if clause and passes[number] and any(extends(clause, own.clauses[before]) for before in kept):
            kept.append(number)
    levels = [[number for number in kept if len(own.clauses[number]) == literals] for literals in range(own.depth + 1)]
    sets = [{tuple(place for place, _ in own.clauses[number]): first[number] + 1 for number in level} for level in levels]
    tested = tuple(sp.Integer(sum(any(extends(clause, own.clauses[before]) for before in level) for clause in own.clauses)) for level in levels[:-1])
    return {"G": tuple(sp.Integer(number in kept) for number in range(len(own.clauses))), "N": tested, "K": tuple(sp.Integer(len(level)) for level in levels[1:]),
            "P": tuple(sp.Integer(len(row)) for row in sets[1:]), "I": tuple(tuple(map(sp.Integer, row.values())) for row in sets[1:])}


def splits_of(own: Setting) -> set[tuple[int, int, int]]:
    number = {frozenset(clause): place + 1 for place, clause in enumerate(own.clauses)}
    pairs = (({*clause, (place, 1)}, {*clause, (place, -1)}, clause) for clause in own.clauses for place in range(own.bits)
             if len(clause) < min(own.depth, own.bits) and place not in dict(clause))
    return {(number[frozenset(clause)], number[frozenset(yes)], number[frozenset(no)]) for yes, no, clause in pairs}


def programmed(own: Setting, kept: tuple[sp.Expr, ...], drawn: list[Vector]) -> dict[str, Any]:
    """The table, both trees, and the number of the returned function."""
    answers = {x: y for x, y in zip(own.points, own.hidden, strict=True)}
    votes = [[sum(1 for x in drawn if holds(clause, x) and answers[x] == label) for label in range(LABELS)] for clause in own.clauses]
    leaf = tuple(sp.Integer(max(row)) for row in votes)
    best, link = tabulated(leaf, own.leaves, {row for row in splits_of(own) if kept[row[1] - 1] and kept[row[2] - 1]})
    clause, size, value = laid_out(leaf, own.leaves, POSITIONS, lambda _, at_, most: link.get((at_, most)))
    first = min(row for row in splits_of(own) if row[0] == ROOT)
    hidden = laid_out(leaf, own.leaves, POSITIONS, lambda place, _, __: (first[1], first[2], 1) if own.splits and place == ROOT else None)
    ends = [own.clauses[number - 1] for number in (clause[1:] if (ROOT, own.leaves) in link else clause[:1])]
    label = [votes[own.clauses.index(end)].index(max(votes[own.clauses.index(end)])) for end in ends]
    rule = tuple(next(sp.Integer(y) for end, y in zip(ends, label, strict=True) if holds(end, x)) for x in own.points)
    return {"leaf": leaf, "V": tuple(map(tuple, best)), "chi": clause, "xi": size, "Z": value, "Y": hidden[2], "kappa": hidden[0], "nu": hidden[1],
            "T": own.rules.index(rule) + 1}


def taught(own: Setting, returned: int, drawn: list[Vector]) -> dict[str, Any]:
    """Mistakes of every tree, and whether it is the returned one and has made none."""
    mistakes = tuple(tuple(sp.Integer(rule[own.points.index(x)] != own.hidden[own.points.index(x)]) for x in drawn) for rule in own.rules)
    alive = tuple(tuple(sp.Integer(not any(row[:size])) for size in range(len(row) + 1)) for row in mistakes)
    return {"M_T": mistakes, "C_T": alive, "H_T": tuple(row[-1] if place + 1 == returned else ZERO for place, row in enumerate(alive))}


def errors(own: Setting) -> tuple[sp.Expr, ...]:
    return tuple(mean([sp.Integer(x != y) for x, y in zip(rule, own.hidden, strict=True)]) for rule in own.rules)


def chances(own: Setting) -> tuple[sp.Expr, sp.Expr]:
    """A chance of failure of a batch and one of the whole run for which these sizes are enough."""
    batch = 4 * sp.Integer(16) ** own.depth * own.tau**4 * own.reach**4 / (own.sizes[0] * own.slack**4)
    return batch, max(3 * batch**own.batches, sp.Integer(6 * own.batches * (2 * own.bits + 1) ** own.depth),
                      sp.Integer(3 * (own.bits + LABELS) ** (2 * own.leaves - 1)))


def limit(own: Setting) -> sp.Expr:
    return 1 + 2 * own.bits + 2 * own.bits * own.tau**2 * own.reach**2 * (sp.Integer(8) ** own.depth - 8) / (7 * (1 - own.slack) ** 2)


def run(draw: Draw, bits: int = 1) -> Sample:
    """Every outcome of the samples, each with every fresh input; what depends on the outcome is a family over them."""
    own = draw_setting(draw, bits)
    every, wrong, outcomes, (to_fit, to_judge, to_learn) = own.clauses, errors(own), list[dict[str, Any]](), own.sizes
    law: list[tuple[sp.Expr, dict[str, Any]]] = []
    size, copies, (batch, chance) = len(every), every * own.batches, chances(own)
    members, fresh = cube.cube(own.bits, [tuple(place for place, _ in clause) for clause in copies], [tuple(sign for _, sign in clause) for clause in copies])
    inputs = [{**outcome, "phi": own.represented(outcome["X"])} for outcome in fresh]
    share = sp.Rational(1, len(own.points))
    for drawn in product(own.points, repeat=own.batches * to_fit + to_judge + to_learn):
        fit = [list(drawn[to_fit * place :][:to_fit]) for place in range(own.batches)]
        judge, learn = list(drawn[len(drawn) - to_judge - to_learn :][:to_judge]), list(drawn[len(drawn) - to_learn :])
        values, random = probed(own, fit, judge)
        values |= searched(own, values["H"])
        values |= programmed(own, values["G"], learn)
        random |= taught(own, values["T"], learn)
        failed = 1 + sum(values["N"]) > limit(own) or wrong[values["T"] - 1] >= own.error
        outcomes.append(values)
        random |= {"psi": tuple(tuple(own.represented(x) for x in seen) for seen in fit), "R": sp.Integer(bool(failed)), "W": len(outcomes)}
        law += [(share ** (len(drawn) + 1), {**random, **outcome}) for outcome in inputs]
    static = ("kappa", "nu")
    families = {name: tuple(values[name] for values in outcomes) for name in outcomes[0] if name not in static}
    extending = tuple(tuple(sp.Integer(extends(longer, clause)) for longer in every) for clause in every)
    moments = tuple(tuple(own.scale**2 if x == y else ZERO for x in range(own.bits + 1)) for y in range(own.bits + 1))
    return Sample({
        **families, **{name: outcomes[0][name] for name in static}, "d": own.bits, "r": own.depth, "s": own.slack, "tau": own.tau, "B": own.reach, "D": own.bits + 1,
        "n": to_fit, "m": to_judge, "l": to_learn, "g": len(copies), "N_C": size, "N_B": own.batches, "f": batch,
        "O": len(outcomes), "C": moments, "J": members["J"], "z": members["s"],
        "v": tuple(map(own.vector, copies)), "rho": tuple(map(sp.Integer, own.held)) * own.batches,
        "beta": tuple(tuple(sp.Integer(place * size + clause + 1) for clause in range(size)) for place in range(own.batches)),
        "split": listed(splits_of(own), size), "x": extending, "p": POSITIONS,
        "alpha": (ROOT,) * POSITIONS, "L": own.leaves, "q": LABELS, "g_T": len(own.rules), "F": class_size.counts(own.leaves, own.bits, LABELS),
        "e_T": wrong, "b_T": tuple(sp.Integer(bool(x >= own.error)) for x in wrong), "epsilon": own.error, "delta": chance * (1 + draw.rational(0, 1)),
    }, tuple(law))
