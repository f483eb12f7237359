"""What is claimed and why: verdicts, claims, proofs, operators, axioms and the chapters (SymPy only)."""
