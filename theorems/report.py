"""What `verify` returns: per label a verdict with its evidence; JSON out, and a table in a notebook.

`legal` joins the labels of `REQUIRED`: proved if all are, refuted if one is, else undecided; the labels of
`REQUIRED_IN_SCOPE` count only where they are in scope.  Other labels are reported and do not decide it.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, final

from theorems.evidence import Certificate
from theorems.operator import Operator
from theorems.verdict import Challenged, OutOfScope, Proved, Refuted, Supported, Undecided, Vacuous, Verdict, name

REQUIRED: Final = ("prop:simplex", "ax:ranking", "ax:continuity", "ax:entropy", "ax:identity", "ax:boundary-hot")
REQUIRED_IN_SCOPE: Final = ("ax:boundary-cold",)
LONGEST: Final = 16  # entries of a law that are written out in tables


@final
@dataclass(frozen=True)
class Finding:
    """The verdict on one label: for which scope, by which method, trusting what, and what to replay."""

    verdict: Verdict
    scope: str
    method: str
    trusts: tuple[str, ...] = ()
    seconds: float = 0.0
    certificates: tuple[Certificate, ...] = ()

    @property
    def witness(self) -> Mapping[str, object] | None:
        """The counterexample, where there is one."""
        match self.verdict:
            case Refuted(witness) | Challenged(witness, _):
                return witness
            case _:
                return None

    @property
    def reason(self) -> str:
        """Why a verdict is not a proof or a refutation, '' for those."""
        match self.verdict:
            case Supported(reason) | Challenged(_, reason) | Undecided(reason) | OutOfScope(reason) | Vacuous(reason):
                return reason
            case _:
                return ""

    def to_json(self) -> dict[str, Any]:
        return {
            "verdict": name(self.verdict), "scope": self.scope, "method": self.method, "trusts": list(self.trusts),
            "witness": None if self.witness is None else plain(self.witness),
            "reason": self.reason, "seconds": round(self.seconds, 6),
        }


@final
@dataclass(frozen=True)
class Report:
    """The verdict on every axiom and property of one operator."""

    operator: Operator
    verdicts: Mapping[str, Finding]
    seconds: float = 0.0
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def legal(self) -> Verdict:
        """Whether the operator satisfies every required axiom; a missing label is undecided."""
        open_labels = []
        for label in (*REQUIRED, *REQUIRED_IN_SCOPE):
            match self.verdicts[label].verdict if label in self.verdicts else Undecided("not examined"):
                case Refuted(witness):
                    return Refuted({"label": label, **witness})
                case Proved() if " in [" not in self.verdicts[label].scope:  # a box is not the whole domain
                    continue
                case OutOfScope() if label in REQUIRED_IN_SCOPE:
                    continue
                case _:
                    open_labels.append(label)
        return Undecided("not proved: " + ", ".join(open_labels)) if open_labels else Proved()

    def to_json(self) -> dict[str, Any]:
        """The object that `overproof verify --json` writes."""
        operator = self.operator
        return {
            "operator": {
                "name": operator.name, "form": operator.form_name, "expression": operator.expression(),
                "domain": list(operator.domain.pair()),
            },
            "legal": name(self.legal),
            "verdicts": {label: finding.to_json() for label, finding in self.verdicts.items()},
            "seconds": round(self.seconds, 6),
            "environment": dict(self.environment),
        }

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{cell}</th>" for cell in ("label", "verdict", "scope", "method", "witness or reason"))
        rows = "".join(_row(label, finding) for label, finding in self.verdicts.items())
        title = f"{html.escape(self.operator.name)}: legal {name(self.legal)}"
        return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(label: str, finding: Finding) -> str:
    cells = (label, name(finding.verdict), finding.scope, finding.method, detail(finding))
    return "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>"


def detail(finding: Finding) -> str:
    """The witness as `p = (1/2, 1/2), T = 2`, and the reason, on one line."""
    witness = finding.witness or {}
    shown = ", ".join(f"{key} = {spell(plain(value))}" for key, value in witness.items())
    return "; ".join(part for part in (shown, finding.reason) if part)


def spell(value: object) -> str:
    """A witness value for reading: lists in parentheses, long ones shortened."""
    if not isinstance(value, list):
        return str(value)
    shown = [*map(spell, value)] if len(value) <= LONGEST else [*map(spell, value[:4]), "...", f"{len(value)} entries"]
    return "(" + ", ".join(shown) + ")"


def plain(value: object) -> Any:
    """`value` as JSON: numbers of mathematics become exact strings, indices stay integers."""
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if value is None or isinstance(value, (bool, str)) or type(value) is int:
        return value
    if isinstance(value, float):
        raise TypeError(f"a float ({value!r}) in a witness; give an exact number or its string")
    return str(value)
