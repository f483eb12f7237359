"""Bias and variance of distilled students, SKD abstract (i): one file per claim or tight group of claims."""
