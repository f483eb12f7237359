"""The report: complete without a browser, and alive in a real one."""

import json
import re
import xml.etree.ElementTree as tree
from html.parser import HTMLParser

import pytest

from numerics.ledger import Row
from overproof import gathering
from overproof.main import main
from paper.site import bench, graph
from paper.site.build import build
from paper.site.material import Material, Picture
from paper.site.pages import page_name
from tests.paper.browser import CHROMIUM, run
from theorems.catalogue import operators
from theorems.chapters import entries
from theorems.errors import OverproofError
from theorems.evidence import Evidence
from theorems.verdict import Challenged, Proved, Refuted, Supported

PICTURE = Picture("stages", "Stages", "A caption of the picture.", ("path:floor", "bv:criterion"), b'<svg xmlns="http://www.w3.org/2000/svg"/>')


def planted(entry):
    """A row that came out as expected, without proving it again."""
    verdicts = {"proved": Proved(), "refuted": Refuted({"p": ["1/2", "1/2"]}), "supported": Supported("planted"), "challenged": Challenged({"where": "x"}, "planted")}
    method = "symbolic" if entry.claim.expected in ("proved", "refuted") else "training"
    found = Evidence(entry.claim.digest, method, verdicts[entry.claim.expected], "all V", ("zero test", *entry.claim.uses), seconds=0.1)
    return Row(entry.claim, found.verdict, (found,))


@pytest.fixture(scope="module")
def material(records, planted_reports):
    rows = {label: planted(entry) for label, entry in entries().items()}
    judgements, theorems = gathering.judged(records), gathering.coq_theorems()
    found = {name: {"report": report, "certificates": {}} for name, report in planted_reports.items()}
    return Material(rows, judgements, records, planted_reports, {"power": {"prop:lipschitz": [{"kind": "witness"}]}}, theorems, (PICTURE,),
                    gathering.ledger_json(rows, judgements, found, theorems))


@pytest.fixture(scope="module")
def report(material, tmp_path_factory):
    return build(material, tmp_path_factory.mktemp("report") / "site").parent


class Page(HTMLParser):
    """Links, ids, and unlabelled fields of one page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.images, self.text = [], [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[key] for key in ("href", "src") if found.get(key) and tag != "img"]
        if tag == "img":
            self.images.append((found.get("src"), found.get("alt")))

    def handle_data(self, data):
        self.text += data


def pages(report):
    return {path.relative_to(report).as_posix(): Page(path.read_text()) for path in sorted(report.rglob("*.html"))}


def test_every_claim_has_a_page_that_says_its_verdict(report, material):
    for label, row in material.rows.items():
        page = Page((report / "claims" / page_name(label)).read_text())
        assert label in page.text and row.claim.title in page.text and row.claim.expected in page.text
        if entries()[label].proof().steps if not entries()[label].operator and row.claim.kind != "measured" else False:
            assert "steps, each decided by its rule" in page.text


def test_every_link_leads_somewhere_in_the_report(report):
    known = pages(report)
    for name, page in known.items():
        for link in (*page.links, *(src for src, _ in page.images)):
            if link.startswith(("data:", "#")):
                continue
            assert not re.match(r"\w+://", link), f"{name} needs the network for {link}"
            target, _, place = link.partition("#")
            path = (report / name).parent / target
            assert path.is_file(), f"{name} links to {link}"
            if place and path.suffix == ".html" and "graph" not in target:
                assert place in Page(path.read_text()).ids, f"{name} links to {link}"


def test_links_between_steps_lead_to_steps(report):
    for name, page in pages(report).items():
        assert len(set(page.ids)) == len(page.ids), name
        for link in page.links:
            if link.startswith("#s-"):
                assert link[1:] in page.ids, (name, link)


def test_every_picture_has_words(report):
    for name, page in pages(report).items():
        assert all(alt and len(alt) > 10 for _, alt in page.images), name


def test_coq_and_records_stand_beside_the_claim(report):
    text = (report / "claims" / page_name("bv:criterion")).read_text()
    assert "In Coq" in text and "bias_variance.v" in text
    assert "comparisons" in text and 'class="scatter"' in text and "figures/stages.svg" in text


def test_a_refutation_shows_its_witness(report):
    text = (report / "claims" / page_name("bv:criterion-as-stated")).read_text()
    assert "Witness" in text and "is false" in text and "(1/2, 1/2)" in text


def test_ledger_json_follows_its_schema(report):
    ledger = json.loads((report / "ledger.json").read_text())
    assert (ledger["schema"], ledger["version"]) == ("overproof-ledger", 1)
    wanted = {"label", "chapter", "title", "source", "formalisation", "statement", "expected", "verdict", "scope", "uses", "axioms_used", "evidence",
              "witness", "digest", "formal"}
    assert all(set(claim) >= wanted for claim in ledger["claims"])
    assert {claim["label"] for claim in ledger["claims"]} == set(entries())
    assert "seconds" not in json.dumps(ledger["claims"])
    assert all(set(row) == {"source", "assertion", "claims", "summary"} for row in ledger["crosswalk"])


def test_a_folder_with_something_else_is_left_alone(material, tmp_path):
    (tmp_path / "precious.txt").write_text("mine")
    with pytest.raises(OverproofError, match="no report"):
        build(material, tmp_path)
    assert (tmp_path / "precious.txt").read_text() == "mine"


def test_the_command_refuses_before_it_works(tmp_path, capsys):
    (tmp_path / "precious.txt").write_text("mine")
    assert main(["report", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_graph_layout():
    plan = graph.lay_out({"a:1": (), "a:2": ("a:1",), "a:3": ("a:1", "a:2"), "b:alone": ()})
    assert plan.places["a:1"][0] < plan.places["a:2"][0] < plan.places["a:3"][0]
    assert set(plan.edges) == {("a:2", "a:1"), ("a:3", "a:1"), ("a:3", "a:2")}
    assert plan.places["b:alone"][1] > max(plan.places[k][1] for k in ("a:1", "a:2", "a:3"))


def test_no_two_nodes_share_a_place(material):
    svg = tree.fromstring(graph.draw(material.rows, dict.fromkeys(material.rows, "#")))
    boxes = [(r.get("x"), r.get("y")) for r in svg.iter("rect")]
    assert len(set(boxes)) == len(boxes) == len(material.rows)


def test_formulas_are_compiled_from_the_operators():
    assert "Math.pow(p, 1.0/T)" in bench.compiled(operators()["power"]).replace("1/T", "1.0/T")
    assert bench.compiled(operators()["top_k"]) is None
    assert bench.compiled(operators()["blend"]).startswith('{kind: "blend"')


# In a browser.

alive = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian package chromium)")
PAGES = ["index.html", "graph.html", "crosswalk.html", "operators.html", "bench.html", "figures.html", "claims/" + page_name("bv:criterion")]


@alive
@pytest.mark.parametrize("page", PAGES)
def test_pages_load_without_errors_and_fit_a_phone(report, tmp_path, page):
    answer = run(report / page, "return [document.querySelector('h1').textContent, document.documentElement.scrollWidth];", tmp_path, width=380)
    assert answer.errors == []
    assert answer.value[0] and answer.value[1] <= 380


@alive
def test_a_planted_error_is_seen(report, tmp_path):
    (report / "broken.html").write_text("<h1>x</h1><script>noSuchThing();</script>")
    try:
        assert run(report / "broken.html", "return 1;", tmp_path).errors
    finally:
        (report / "broken.html").unlink()


TYPE = "const type = (id, value) => { const f = document.getElementById(id); f.value = value; f.dispatchEvent(new window.Event('input', {bubbles: true})); f.dispatchEvent(new window.Event('change', {bubbles: true})); };"
SHOWN = "const shown = () => [...document.querySelectorAll('#ledger tbody tr')].filter(r => !r.hidden).map(r => r.querySelector('code').textContent);"


@alive
def test_search_and_filters(report, tmp_path, material):
    script = f"""{TYPE} {SHOWN}
    const all = shown().length; type('search', 'criterion stated'); const searched = shown();
    type('search', ''); type('verdict', 'refuted'); const refuted = shown();
    type('search', 'zzzz'); const none = [shown().length, !document.getElementById('none').hidden, document.getElementById('shown').textContent];
    document.getElementById('clear').click(); return [all, searched, refuted, none, shown().length];"""
    answer = run(report / "index.html", script, tmp_path)
    count, searched, refuted, none, again = answer.value
    assert answer.errors == [] and count == again == len(material.rows)
    assert "bv:criterion-as-stated" in searched and len(searched) < 5
    assert set(refuted) == {label for label, row in material.rows.items() if row.claim.expected == "refuted"}
    assert none == [0, True, f"0 of {len(material.rows)} claims"]


@alive
def test_the_graph_zooms_moves_and_finds(report, tmp_path):
    script = f"""{TYPE}
    const svg = document.getElementById('graph'), box = () => svg.getAttribute('viewBox').split(' ').map(Number), start = box();
    document.getElementById('in').click(); const near = box();
    document.getElementById('canvas').dispatchEvent(new window.KeyboardEvent('keydown', {{key: 'ArrowRight'}})); const moved = box();
    document.getElementById('whole').click(); const whole = box();
    type('find', 'bv:criterion'); const chosen = svg.querySelector('a.chosen').dataset.label;
    const node = svg.querySelector('a[data-label="bv:criterion"]'); node.dispatchEvent(new window.Event('pointerenter'));
    return [start, near, moved, whole, chosen, svg.classList.contains('pointing'), node.getAttribute('href')];"""
    answer = run(report / "graph.html", script, tmp_path)
    start, near, moved, whole, chosen, pointing, link = answer.value
    assert answer.errors == [] and near[2] < start[2] and moved[0] > near[0]
    assert whole[:2] == [0, 0] and (chosen, pointing) == ("bv:criterion", True)
    assert (report / link).is_file()


@alive
def test_the_bench_computes_what_the_operators_compute(report, tmp_path):
    """Each compiled operator in the browser against the library, and sliders, dragging and typing move the picture."""
    names = [name for name, o in operators().items() if bench.compiled(o)]
    script = f"""{TYPE} const out = {{}};
    for (const name of {json.dumps(names)}) {{ type('operator', name); type('temperature', 0.18);
      out[name] = [...document.querySelectorAll('#numbers tbody tr')].slice(0, 3).map(r => +r.cells[2].textContent); }}
    return out;"""
    answer = run(report / "bench.html", script, tmp_path)
    assert answer.errors == [] and set(answer.value) == set(names)
    import numpy as np

    for name, law in answer.value.items():
        wanted = operators()[name](np.array([0.7, 0.25, 0.05]), 10**0.18)
        assert np.allclose(law, wanted, atol=2e-4), (name, law, wanted)


@alive
def test_the_bench_responds(report, tmp_path):
    script = f"""{TYPE}
    const at = id => [+document.getElementById(id).getAttribute('cx'), +document.getElementById(id).getAttribute('cy')];
    const start = at('image'); type('temperature', 1.5); const hotter = at('image');
    const point = document.getElementById('point'), before = at('point');
    point.dispatchEvent(new window.KeyboardEvent('keydown', {{key: 'ArrowUp'}})); const keyed = at('point');
    point.setPointerCapture = () => {{}}; point.hasPointerCapture = () => true;
    const box = document.getElementById('simplex').getBoundingClientRect();
    point.dispatchEvent(new window.PointerEvent('pointermove', {{clientX: box.left + box.width / 2, clientY: box.top + box.height * 0.7}})); const dragged = at('point');
    type('p3', 0.5); const law = document.getElementById('p3-value').textContent;
    const verdicts = document.querySelectorAll('#verdicts tbody tr').length;
    type('typed', 'p**(1/T) +'); const fault = document.getElementById('problem').textContent;
    type('typed', 'generator:-1/p'); const typed = [document.getElementById('problem').textContent, document.getElementById('verdict-words').textContent];
    return {{start, hotter, before, keyed, dragged, law, verdicts, fault, typed, path: document.getElementById('path').getAttribute('points').length}};"""
    answer = run(report / "bench.html", script, tmp_path)
    v = answer.value
    assert answer.errors == [] and v["start"] != v["hotter"] and v["keyed"][1] < v["before"][1]
    assert v["dragged"] != v["keyed"] and v["law"] == "0.500" and v["verdicts"] == 15
    assert "too soon" in v["fault"] and v["typed"][0] == "" and "overproof verify" in v["typed"][1] and v["path"] > 500


@alive
@pytest.mark.parametrize(("text", "words"), [("p^2", "**"), ("q+1", "not known"), ("log(p", "expected )"), ("p p", "not expected"), ("__proto__", "not known")])
def test_bad_formulas_are_named(report, tmp_path, text, words):
    answer = run(report / "bench.html", f"{TYPE} type('typed', {json.dumps(text)}); return document.getElementById('problem').textContent;", tmp_path)
    assert answer.errors == [] and words in answer.value
