"""Every misuse: exit 2, nothing on standard output, one line on standard error (with a caret where a formula has a place)."""

import errno
import os

import pytest

from overproof import keeping
from overproof.main import main

FORMULAS = [
    ("pwer", "unknown operator 'pwer'; use power"),
    ("p**(1/T", "close the parenthesis"),
    ("p**(1/tau)", "did you mean T?"),
    ("p^2", "write **"),
    ("log(p)", "not positive"),
    ("sqrt(p-1/2)", "not real"),
    ("__import__('os')", "unexpected character"),
    ("p.__class__", "attribute access"),
    ("p" * 10**6, "1000000 characters"),
    ("10**10**10", "exponent"),
    ("9**9**9**9", "exponent"),
    ("(" * 900 + "p" + ")" * 900, "flatter"),
    ("\uff50", "unexpected character"),
    ("generator:", "complete the formula"),
    ("generator:p*T", "unknown symbol 'T'"),
    ("tsallis(x)", "unknown symbol 'x'"),
    ("", "complete the formula"),
]
USAGE = [
    ([], "Missing command"),
    (["verify"], "Missing argument 'CANDIDATE'; see overproof verify --help"),
    (["verfy", "p"], "No such command"),
    (["verify", "p", "--bogus"], "--bogus"),
    (["verify", "-p"], "behind --"),
    (["verify", "p", "q"], "extra argument"),
    (["verify", "p", "--budget", "0"], "not a positive number of seconds"),
    (["verify", "p", "--budget", "-1"], "not a positive number of seconds"),
    (["verify", "p", "--budget", "nan"], "not a positive number of seconds"),
    (["verify", "p", "--budget", "inf"], "not a positive number of seconds"),
    (["verify", "p", "--budget", "soon"], "--budget"),
    (["verify", "p", "--seed", "-1"], "--seed"),
    (["verify", "p", "--seed", "x"], "--seed"),
    (["verify", "p", "--domain", "2:3"], "contains 1"),
    (["verify", "p", "--domain", "0:1/2"], "contains 1"),
    (["verify", "p", "--domain", "1"], "no colon"),
    (["verify", "p", "--domain", "a:b"], "not an end"),
    (["verify", "p", "--domain"], "--domain"),
    (["verify", "missing.py"], "there is no file"),
    (["check"], "Missing argument"),
    (["check", "missing.json"], "there is no file"),
    (["reproduce", "--budget", "0"], "not a positive number of seconds"),
    (["reproduce", "now"], "extra argument"),
]


def said(capsys, arguments):
    status = main(arguments)
    captured = capsys.readouterr()
    assert status == 2
    assert captured.out == ""
    assert captured.err.startswith("overproof: ") and captured.err.endswith("\n")
    assert "Traceback" not in captured.err
    return captured.err.rstrip("\n").split("\n")


@pytest.mark.parametrize(("text", "words"), FORMULAS, ids=[text[:20].encode("unicode_escape").decode() for text, _ in FORMULAS])
def test_formula(capsys, text, words):
    first, *place = said(capsys, ["verify", "--", text])
    assert words in first
    assert not place or (len(place) == 2 and place[1].strip() == "^")
    assert all(len(line) < 300 for line in (first, *place))


@pytest.mark.parametrize(("arguments", "words"), USAGE, ids=[" ".join(arguments) for arguments, _ in USAGE])
def test_usage(capsys, arguments, words):
    (line,) = said(capsys, arguments)
    assert words in line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "defines no operator"),
        ("1/0", "raised ZeroDivisionError"),
        ("raise SystemExit(0)", "raised SystemExit"),
        ("def f(:", "raised SyntaxError"),
        ("from overproof import separable\nA = separable('p')\nB = separable('p**2')", "several operators"),
    ],
)
def test_file(capsys, tmp_path, text, words):
    path = tmp_path / "own.py"
    path.write_text(text, encoding="utf-8")
    (line,) = said(capsys, ["verify", str(path)])
    assert words in line


@pytest.mark.parametrize("text", ["", "not JSON", "[]", "{}", "3", '{"kind": "bisection"}', "[{}]", "\x00", '"x"'])
def test_certificate_that_is_none(capsys, tmp_path, text):
    path = tmp_path / "certificate.json"
    path.write_text(text, encoding="utf-8")
    (line,) = said(capsys, ["check", str(path)])
    assert "certificate.json" in line


def test_certificate_that_is_binary(capsys, tmp_path):
    path = tmp_path / "certificate.json"
    path.write_bytes(b"\xff\xfe\x00\x01")
    said(capsys, ["check", str(path)])


def test_json_target_that_is_a_folder(capsys, tmp_path):
    (line,) = said(capsys, ["verify", "power", "--json", str(tmp_path)])
    assert "is a folder" in line


def test_certificate_folder_that_is_a_file(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    (line,) = said(capsys, ["verify", "power", "--certificates", str(tmp_path / "file")])
    assert "not a folder" in line


def test_a_file_that_never_ends(capsys, tmp_path):
    """A budget covers the import of the candidate's file too."""
    (tmp_path / "endless.py").write_text("while True:\n    pass\n", encoding="utf-8")
    lines = said(capsys, ["verify", str(tmp_path / "endless.py"), "--budget", "0.5"])
    assert len(lines) == 1 and "budget of 0.5 s" in lines[0]


def test_a_number_too_large_for_an_engine_is_no_fault(capsys):
    """An engine that overflows leaves its label undecided."""
    status = main(["verify", "exp(exp(exp(exp(exp(10*p)))))", "--budget", "6", "--json", "-"])
    assert status in (1, 3) and capsys.readouterr().err == ""


@pytest.mark.parametrize("arguments", [["report"], ["reproduce"]])
def test_a_folder_that_is_no_report_is_refused_before_any_work(capsys, tmp_path, monkeypatch, arguments):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "precious.txt").write_text("mine")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(keeping, "rows", lambda **options: pytest.fail("work was done"))
    for out, words in (("own", "no report"), ("own/precious.txt", "is a file"), ("own/precious.txt/below", "is a file")):
        (line,) = said(capsys, [*arguments, "--out", out])
        assert words in line
    assert (tmp_path / "own" / "precious.txt").read_text() == "mine"


@pytest.mark.parametrize("command", ["report", "paper"])
def test_records_that_are_not_there_are_named_before_any_work(capsys, tmp_path, monkeypatch, command):
    """An older report is left as it is."""
    older = tmp_path / ".overproof" / "report" / "report.json"
    older.parent.mkdir(parents=True)
    older.write_text("{}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(keeping, "recorded_rows", lambda **options: pytest.fail("work was done"))
    (line,) = said(capsys, [command, "--records", "missing"])
    assert "there is no folder missing" in line and older.is_file()


@pytest.mark.parametrize("kind", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_machine_without_room_is_no_fault_of_ours(capsys, tmp_path, monkeypatch, kind):
    monkeypatch.chdir(tmp_path)

    def full(**options):
        raise OSError(kind, os.strerror(kind), "some/file")

    monkeypatch.setattr(keeping, "recorded_rows", full)
    (line,) = said(capsys, ["report"])
    assert "some/file" in line and os.strerror(kind) in line
