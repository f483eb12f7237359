"""`python -m overproof`."""

from overproof.main import run

run()
