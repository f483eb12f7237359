"""The front door opens fast: help imports nothing heavy, and naming the package imports next to nothing."""

import resource
import subprocess
import sys

import pytest

HEAVY = {"sympy", "mpmath", "numpy", "torch", "matplotlib", "flint", "cvc5", "hypothesis", "scipy", "sklearn", "numerics", "theorems"}
LIST = "import sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"


def imported(code):
    done = subprocess.run([sys.executable, "-c", f"{code}\n{LIST}"], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["verify", "--help"], ["check", "--help"], ["reproduce", "--help"], ["figures", "--help"], ["report", "--help"], ["paper", "--help"]])
def test_help_imports_nothing_heavy(arguments):
    modules = imported(f"from overproof.main import main; assert main({arguments}) == 0")
    assert "typer" in modules
    assert modules.isdisjoint(HEAVY)


def test_the_package_imports_nothing_heavy():
    assert imported("import overproof; dir(overproof)").isdisjoint({*HEAVY, "typer", "rich"})


def test_verifying_needs_no_torch_and_no_matplotlib():
    modules = imported("import overproof.verifying, overproof.reproducing, overproof.checking, overproof.making")
    assert "sympy" in modules
    assert modules.isdisjoint({"torch", "matplotlib", "sklearn", "dask"})


def test_help_is_fast():
    """Processor time, which other work on the machine does not stretch; `make bench` measures the wall."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "overproof", "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.5


def test_every_public_name_exists():
    code = "import overproof\nfor name in overproof.__all__: getattr(overproof, name)\nassert set(overproof.__all__) <= set(dir(overproof))"
    assert imported(code)


def test_unknown_public_name():
    import overproof

    with pytest.raises(AttributeError, match="nothing"):
        overproof.nothing
