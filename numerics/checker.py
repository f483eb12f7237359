"""Replays certificates: short, dull, trusted.

A certificate for a box claim is a bisection tree in preorder, so its leaves tile the box by construction.

    bits     one 1 (split) or 0 (leaf) per node; a box is halved exactly
    axes     one digit per split: the variable that is halved
    rules    one letter per leaf: how the claim is shown there (`numerics.leaves`)
    contacts (kind `tangent`) lists of {axis, point, order}: the faces on which the claim is tight
    point    (kind `counterexample`) a rational point at which a ball shows the negation
    witness  (kind `witness`) numbers that break an axiom (`numerics.witness`)

The verdict is computed here and stored nowhere; what cannot be replayed to the last bit is undecided.
Trusted: python-flint; `balls`, `enclosure`, `jets`, `leaves`; `theorems.parse`, `theorems.compile`; for
contacts `exact` with `sympy.simplify`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

from numerics.balls import MINIMUM_PRECISION, precision, rational
from numerics.leaves import Contact, Replay
from theorems.boxclaim import BoxClaim
from theorems.errors import StaleCertificate
from theorems.evidence import Certificate, digest
from theorems.verdict import Proved, Refuted, Undecided, Verdict

MAXIMUM_PRECISION: Final = 10_000
MOST_CONTACTS: Final = 4


class Rejected(Exception):
    """The certificate does not show what it should; the message says where."""


@final
@dataclass(frozen=True)
class Checked:
    """One certificate of a file, and what the checker makes of it."""

    certificate: Certificate
    verdict: Verdict


def walk(replay: Replay, bits: str, axes: str, rules: str) -> None:
    """Walk the preorder: every bit, axis and rule is consumed exactly, every leaf is shown."""
    if set(bits) - set("01") or axes.strip("0123"[: len(replay.box)]):
        raise Rejected("the tree is not written in bits and axes")
    if bits.count("1") != len(axes) or bits.count("0") != len(rules):
        raise Rejected("splits and axes, or leaves and rules, differ in number")
    pending, axis_of, rule_of = [replay.box], iter(axes), iter(rules)
    for bit in bits:
        if not pending:
            raise Rejected("the tree ends before its bits do")
        box = pending.pop()
        if bit == "1":
            axis = int(next(axis_of))
            low, high = box[axis]
            middle = (low + high) / 2
            pending.append((*box[:axis], (middle, high), *box[axis + 1 :]))
            pending.append((*box[:axis], (low, middle), *box[axis + 1 :]))
        elif not replay.leaf(next(rule_of), box):
            raise Rejected("a leaf is not shown: " + ", ".join(f"[{low}, {high}]" for low, high in box))
    if pending:
        raise Rejected("the bits end before the tree does")


def seal(certificate: Certificate) -> str:
    """The digest of everything that a certificate says, which its body carries as `seal`."""
    body = {key: value for key, value in certificate.body.items() if key != "seal"}
    return digest([certificate.kind, dict(certificate.claim), certificate.operator_digest, certificate.precision, body])


def contact_lists(body: Mapping[str, Any], dimension: int) -> list[list[Contact]]:
    """The contacts of a tangent certificate, each checked for its form."""
    lists = [[(c["axis"], rational(c["point"]), c["order"]) for c in contacts] for contacts in body["contacts"][:10]]
    for contacts in lists:
        if sum(order for _, _, order in contacts) > MOST_CONTACTS:
            raise Rejected(f"contacts of total order above {MOST_CONTACTS}")
        if not all(axis in range(dimension) and order in range(1, MOST_CONTACTS + 1) for axis, _, order in contacts):
            raise Rejected("a contact names no variable or no order")
    return lists


def check_box(certificate: Certificate) -> Verdict:
    """The verdict on a box claim from its bisection, tangent or counterexample certificate."""
    claim, body = BoxClaim.from_json(certificate.claim), certificate.body
    if claim.operator != certificate.operator_digest:
        raise Rejected("the certificate is bound to another operator than its claim")
    if certificate.kind == "counterexample":
        point = [rational(text) for text in body["point"]]
        replay = Replay(claim)
        if len(point) != len(replay.box) or not all(low <= x <= high for x, (low, high) in zip(point, replay.box, strict=True)):
            raise Rejected("the point lies outside the box")
        if not replay.violated(point):
            raise Rejected("the point does not violate the claim")
        return Refuted({name: str(x) for (name, _, _), x in zip(claim.variables, point, strict=True)})
    replay = Replay(claim, contact_lists(body, len(claim.variables)) if certificate.kind == "tangent" else ())
    if not replay.vanishing():
        raise Rejected("the expression does not vanish on a face as stated")
    walk(replay, body["bits"], body["axes"], body["rules"])
    return Proved()


def check_certificate(certificate: Certificate, *, claim_digest: str = "", operator_digest: str = "") -> Verdict:
    """Proved or refuted if the certificate replays, else undecided with the reason.

    Where `claim_digest` or `operator_digest` is given, a certificate for another claim or operator is rejected.
    """
    try:
        if type(certificate.precision) is not int or not MINIMUM_PRECISION <= certificate.precision <= MAXIMUM_PRECISION:
            raise Rejected(f"the precision is not from {MINIMUM_PRECISION} to {MAXIMUM_PRECISION} bits")
        if digest(dict(certificate.claim)) != certificate.claim_digest or claim_digest not in ("", certificate.claim_digest):
            raise Rejected("the certificate belongs to another claim")
        if operator_digest not in ("", certificate.operator_digest):
            raise Rejected("the certificate belongs to another operator")
        if certificate.body.get("seal") != seal(certificate):
            raise Rejected("the certificate was changed after it was written")
        with precision(certificate.precision):
            if certificate.kind == "witness":
                from numerics.witness import check_witness

                return check_witness(certificate.claim, certificate.operator_digest, certificate.body["witness"])
            if certificate.kind not in ("bisection", "tangent", "counterexample"):
                raise Rejected(f"unknown kind {certificate.kind!r}")
            return check_box(certificate)
    except Rejected as reason:
        return Undecided(f"certificate rejected: {reason}")
    except Exception as fault:  # whatever a broken certificate causes, it decides nothing
        return Undecided(f"certificate rejected: {type(fault).__name__}: {fault}")


def check_file(path: Path | str) -> list[Checked]:
    """Every certificate in a JSON file (one object, or a list), checked; `StaleCertificate` if it holds none."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        certificates = [Certificate(**entry) for entry in (data if isinstance(data, list) else [data])]
    except (OSError, ValueError, TypeError) as fault:
        raise StaleCertificate(f"{Path(path).name} is no certificate of overproof ({fault}); write one with --certificates") from fault
    if not certificates:
        raise StaleCertificate(f"{Path(path).name} holds no certificate; write one with --certificates")
    return [Checked(certificate, check_certificate(certificate)) for certificate in certificates]
