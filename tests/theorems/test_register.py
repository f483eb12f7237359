"""The register is what a run produces: every claim is in it, made for the present text, sorted, one line a label."""

import json
from dataclasses import replace

import pytest

from numerics import recording
from numerics.recording import differences, proof_digest, record, words
from theorems import register
from theorems.chapters import entries, find
from theorems.derivation import Derivation
from theorems.errors import InconsistentEvidence, StaleCertificate
from theorems.evidence import Evidence
from theorems.formal.recorded import binding
from theorems.verdict import Challenged, Proved, Refuted, Supported, Undecided, name

LINES = register.read()


def test_every_claim_is_recorded_for_its_present_text():
    wrong = {label: reason for label, reason in differences(LINES, register.claim_files()).items() if reason}
    wrong |= {label: "has other Coq theorems" for label, line in LINES.items() if line.formal != binding(label)}
    assert not wrong and set(LINES) == set(entries()), f"{wrong}; {register.MEND}"


def test_every_claim_came_out_as_expected():
    assert {label: line.verdict for label, line in LINES.items()} == {label: entry.claim.expected for label, entry in entries().items()}


def test_every_line_says_what_its_claim_says():
    for label, line in LINES.items():
        assert {key: getattr(line, key) for key in words(find(label))} == words(find(label)), f"{label}; {register.MEND}"


def test_recording_mends_words_without_proving_again(tmp_path, monkeypatch):
    path = tmp_path / "register.jsonl"
    monkeypatch.setattr(recording, "examine", lambda label, cases: pytest.fail(f"{label} was proved again"))
    register.write([replace(line, place="elsewhere", title="old", note="gone") for line in LINES.values()], path)
    assert record(path=path, jobs=1) == {}
    assert path.read_text(encoding="utf-8") == register.REGISTER.read_text(encoding="utf-8")


def test_lines_are_sorted_and_compact():
    texts = register.REGISTER.read_text(encoding="utf-8").splitlines()
    labels = [json.loads(text)["label"] for text in texts]
    assert labels == sorted(set(labels))
    assert [register._line(json.loads(text)).as_text() for text in texts] == texts


def test_the_digest_of_a_derivation_sees_every_part_of_it():
    entry = find("base:gibbs")
    proof, first = entry.proof(), proof_digest(entry)
    assert proof_digest(entry) == first

    def deriving(steps):
        def derive(d: Derivation):
            d.steps = list(steps)
        return replace(entry, derive=derive)

    step = proof.steps[-1]
    for changed in (replace(step, by=step.by[:-1]), replace(step, rule="restate"), replace(step, data={**step.data, "of": 1}), replace(step, name="other")):
        assert proof_digest(deriving((*proof.steps[:-1], changed))) != first
    assert proof_digest(deriving(proof.steps)) == first


def test_the_digest_of_a_text_sees_what_the_file_is_written_with(tmp_path, monkeypatch):
    monkeypatch.setattr(register, "ROOM", tmp_path)

    def digest(**texts):
        for key, text in texts.items():
            path = tmp_path / f"{key.replace('__', '/')}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        register._text.cache_clear(), register._sha.cache_clear(), register._imports.cache_clear()
        return register.text_digest("paths/here")

    seen = [digest(paths__here="from theorems.paths._near import (\n    a,\n)\n", paths___near="from theorems.linear import far\n", linear__far="x = 1\n",
                   lemmas__known="", proof="", trees__other="")]
    for change in ({"paths___near": "from theorems.linear import far\ny = 1\n"}, {"linear__far": "x = 2\n"}, {"paths___near": "d.cite(1)\n"}, {"lemmas__known": "z = 1\n"}):
        seen.append(digest(**change))
    assert len(set(seen)) == len(seen)
    assert digest(trees__other="x = 1\n", proof="x = 1\n") == seen[-1], "neither other claims nor the kernel"
    register._text.cache_clear(), register._sha.cache_clear(), register._imports.cache_clear()


def test_recording_writes_what_is_missing_and_leaves_the_rest(tmp_path, monkeypatch):
    path = tmp_path / "register.jsonl"
    asked = []
    monkeypatch.setattr(recording, "examine", lambda label, cases: asked.append(label) or register.evidence_of(LINES[label]))
    lines = dict(LINES)
    del lines["base:log-bound"]
    lines["base:gibbs"] = replace(lines["base:gibbs"], proof="0" * 16, text="")
    register.write([*lines.values(), replace(lines["base:gibbs"], label="base:gone")], path)
    found = record(path=path, jobs=1)
    assert set(asked) == set(found) == {"base:log-bound", "base:gibbs"}
    assert set(register.read(path)) == set(entries())
    before = path.read_text(encoding="utf-8")
    assert record(path=path, jobs=1) == {} and path.read_text(encoding="utf-8") == before
    record(["base:gibbs"], path=path, jobs=1)
    assert path.read_text(encoding="utf-8") == before, "a second recording changes nothing"


@pytest.mark.parametrize("text", ["{}", "no json", '{"label": "base:gibbs"}'])
def test_a_broken_line_is_refused(tmp_path, text):
    (tmp_path / "register.jsonl").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(StaleCertificate, match="line 1"):
        register.read(tmp_path / "register.jsonl")


def test_a_merge_is_mended_without_proving_again(tmp_path, monkeypatch):
    path, other = tmp_path / "register.jsonl", replace(LINES["base:gibbs"], text="0" * 16, proof="0" * 16)
    monkeypatch.setattr(recording, "examine", lambda label, cases: pytest.fail(f"{label} was proved again"))
    texts = ["<<<<<<< ours", *(line.as_text() for line in LINES.values()), "=======", other.as_text(), ">>>>>>> theirs"]
    path.write_text("\n".join(texts), encoding="utf-8")
    assert record(path=path, jobs=1) == {}
    assert path.read_text(encoding="utf-8") == register.REGISTER.read_text(encoding="utf-8")


def test_a_label_twice_is_refused(tmp_path):
    line = LINES["base:gibbs"].as_text()
    (tmp_path / "register.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(StaleCertificate, match="twice"):
        register.read(tmp_path / "register.jsonl")


@pytest.mark.parametrize("verdict", [Proved(), Refuted({"x": "1/2"}), Supported("30 cases"), Challenged({"x": "1"}, "broken"), Undecided("open")])
def test_evidence_there_and_back(verdict):
    method = "sampling" if isinstance(verdict, (Supported, Challenged)) else "symbolic"
    data = json.loads(json.dumps(register.as_json(Evidence("d", method, verdict, "all V", ("arb",), seconds=0.25))))
    (back,) = register.evidence_of(replace(LINES["base:gibbs"], claim="d", evidence=(data,)))
    assert back == Evidence("d", method, verdict, "all V", ("arb",), seconds=0.25)


def test_joining():
    proved, broken = Evidence("d", "symbolic", Proved()), Evidence("d", "sampling", Challenged({"x": "1"}))
    assert register.joined("a", [proved], (), {}) == Proved()
    assert name(register.joined("a", [proved], ("b",), {"b": Undecided("open")})) == "undecided"
    assert name(register.joined("a", [proved], ("b",), {})) == "undecided"
    with pytest.raises(InconsistentEvidence):
        register.joined("a", [proved, broken], (), {})
    with pytest.raises(InconsistentEvidence):
        register.joined("a", [proved, Evidence("d", "formal", Refuted({}))], (), {})
