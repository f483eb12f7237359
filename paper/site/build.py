"""Writes the report: one folder of static files that opens from disk, no network, no server."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from paper.site import bench, graph, pages
from paper.site.material import Material
from theorems.catalogue import axioms, operators
from theorems.errors import OverproofError
from theorems.evidence import write_atomically

HERE: Final = Path(__file__).resolve().parent
#: What a folder must hold before it is overwritten: a report, or nothing.
MARK: Final = "report.json"


def build(material: Material, out: Path, tell: Callable[[str], None] = lambda text: None) -> Path:
    """Write the whole report and return its first page."""
    claimed(out)
    templates = environment()
    used_by: dict[str, list[str]] = {}
    for label, row in material.rows.items():
        for used in row.claim.uses:
            used_by.setdefault(used, []).append(label)
    shared: dict[str, Any] = {"counts": pages.counts(material), "total": len(material.rows), "chapters": pages.CHAPTERS}
    shared["replayed"] = material.replayed
    shared["version"] = material.ledger.get("overproof", "")

    def page(template: str, target: str, **values: Any) -> None:
        write_atomically(out / target, templates.get_template(template).render(root="../" * target.count("/"), **shared, **values))

    page("index.html", "index.html", rows=pages.ledger_rows(material), sources=pages.SOURCES)
    for label in material.rows:
        page("claim.html", f"claims/{pages.page_name(label)}", claim=pages.claim_page(label, material, used_by))
        tell(label)
    drawing = graph.draw(material.rows, {label: f"claims/{pages.page_name(label)}" for label in material.rows})
    page("graph.html", "graph.html", svg=pages.Markup(drawing))
    page("crosswalk.html", "crosswalk.html", sources=pages.crosswalk(material), works=pages.SOURCES)
    page("bench.html", "bench.html", names=[name for name, o in operators().items() if bench.compiled(o)])
    page("operators.html", "operators.html", operators=operator_rows(material),
         axioms=[{"label": a.label, "title": a.title, "statement": pages.Markup(pages.mathml(a.statement))} for a in axioms().values()])
    page("figures.html", "figures.html", pictures=material.pictures, known=set(material.rows), page_name=pages.page_name)
    scripts(material, out)
    files(material, out)
    return out / "index.html"


def usable(out: Path) -> None:
    """Refuse a folder that holds something else, or that cannot be written to; nothing in it is changed."""
    if out.exists() and not out.is_dir():
        raise OverproofError(f"{out} is a file; name a folder for the report")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise OverproofError(f"{out} holds files that are no report; name an empty or new folder with --out")
    nearest = next(path for path in (out, *out.absolute().parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        why = "not writable" if nearest.is_dir() else "a file"
        raise OverproofError(f"cannot write {out}: {nearest} is {why}; name a folder that you can write to")


def claimed(out: Path) -> None:
    """Make the folder, emptied of an older report."""
    usable(out)
    try:
        if out.is_dir():
            shutil.rmtree(out)
        out.mkdir(parents=True, exist_ok=True)
        write_atomically(out / MARK, json.dumps({"made by": "overproof report"}) + "\n")
    except OSError as error:
        raise OverproofError(f"cannot write {out}: {error.strerror}; name a folder that you can write to") from error


def environment() -> Any:
    """Jinja2 with everything escaped and an undefined name an error."""
    import jinja2

    return jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)


def operator_rows(material: Material) -> list[dict[str, Any]]:
    return [{"name": name, "text": report["operator"]["expression"], "domain": ":".join(report["operator"]["domain"]),
             "legal": pages.badge(report["legal"]), "matrix": pages.matrix(report), "certificates": sorted(material.certificates.get(name, {}))}
            for name, report in material.reports.items()]


def scripts(material: Material, out: Path) -> None:
    for path in sorted((HERE / "static").iterdir()):
        if path.is_file():
            write_atomically(out / "static" / path.name, path.read_text(encoding="utf-8"))
    write_atomically(out / "static" / "operators.js", bench.script(operators(), material.reports))


def files(material: Material, out: Path) -> None:
    """Figures, certificates, derivations and the machine-readable ledger."""
    for picture in material.pictures:
        write_atomically(out / "figures" / f"{picture.name}.svg", picture.svg)
    for name, certificates in material.certificates.items():
        for label, certificate in certificates.items():
            write_atomically(out / "certificates" / name / f"{label.replace(':', '-')}.json", json.dumps(certificate, indent=1) + "\n")
    for label, row in material.rows.items():
        target = out / "derivations" / pages.page_name(label).replace(".html", ".json")
        write_atomically(target, json.dumps(derivation(label, row), indent=1) + "\n")
    if material.ledger:
        write_atomically(out / "ledger.json", json.dumps(material.ledger, indent=1) + "\n")


def derivation(label: str, row: Any) -> Mapping[str, Any]:
    """The proof as data: what the kernel replays, in text, with the digest of the claim that it belongs to."""
    from theorems.chapters import find

    def told(step: Any) -> dict[str, Any]:
        parts = [{"variables": [str(v) for v in part.variables], "assume": {key: str(a) for key, a in part.assume},
                  "steps": [told(inner) for inner in part.steps]} for part in step.parts]
        return {"name": step.name, "rule": step.rule, "then": str(step.then), "because": step.because,
                "by": [str(getattr(b, "name", b)) for b in step.by], "parts": parts}

    claim = row.claim
    return {"label": label, "claim_digest": claim.digest, "statement": claim.statement(), "verdict": pages.name(row.verdict),
            "trusts": list(row.trusts), "replay": f"overproof prove {label}", "steps": [told(step) for step in find(label).proof().steps]}
