"""`overproof train`: misuse is one line, exit 2 and no file; a run writes records, resumes, and prints verdicts."""

import os
import signal
import subprocess
import sys
import time

import pytest
import torch

from gpu_validation.names import experiment_names
from overproof.main import main


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["astrology"], "unknown experiment 'astrology'"),
        (["--profile", "huge"], "quick or full"),
        (["--device", "abacus"], "unknown device"),
        (["--data", "nowhere"], "no readable folder"),
        (["--workers", "0"], "--workers"),
        (["--scheduler", "nonsense://x", "linear_gaussian"], "no Dask scheduler"),
        pytest.param(["--device", "cuda"], "0 CUDA devices", marks=pytest.mark.skipif(torch.cuda.is_available(), reason="CUDA is here")),
    ],
)
def test_misuse(tmp_path, capsys, monkeypatch, arguments, word):
    monkeypatch.chdir(tmp_path)
    assert main(["train", *arguments, "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr()
    assert said.out == "" and word in said.err and said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_help_lists_the_experiments(capsys):
    assert main(["train", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert all(name in said for name in experiment_names())


def test_a_run_judges_and_a_second_one_resumes(tmp_path, capsys):
    arguments = ["train", "linear_gaussian", "--device", "cpu", "--workers", "1", "--out", str(tmp_path)]
    assert main(arguments) == 0
    first = capsys.readouterr()
    assert "[2/2] linear_gaussian/n60" in first.err and "students/s" in first.err
    assert "bv:linear-dense" in first.out and "supported" in first.out and "proved" not in first.out
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    assert main(arguments) == 0
    second = capsys.readouterr()
    assert second.err == "" and "2 of them from an earlier run" in " ".join(second.out.split())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.json")} == before


def test_a_changed_record_is_refused_by_name(tmp_path, capsys):
    arguments = ["train", "linear_gaussian", "--device", "cpu", "--workers", "1", "--out", str(tmp_path)]
    assert main(arguments) == 0
    capsys.readouterr()
    victim = next(tmp_path.rglob("n30.json"))
    victim.write_text(victim.read_text().replace('"d": 12', '"d": 13'))
    assert main(arguments) == 2
    assert "n30.json was changed" in capsys.readouterr().err


def test_interrupt_says_what_is_kept(tmp_path):
    command = [
        sys.executable,
        "-m",
        "overproof",
        "train",
        "linear_gaussian",
        "bias_variance",
        "--device",
        "cpu",
        "--workers",
        "1",
        "--out",
        str(tmp_path),
    ]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=os.getcwd())
    for line in run.stderr:
        if line.startswith("["):
            break
    time.sleep(0.2)
    run.send_signal(signal.SIGINT)
    rest = run.communicate(timeout=900)[1]
    assert run.returncode == 130 and "are kept in" in rest and len(rest.strip().splitlines()) <= 3
    assert list(tmp_path.rglob("*.json")) and not list(tmp_path.rglob("*.part"))
