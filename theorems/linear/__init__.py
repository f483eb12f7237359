"""Distilling a linear classifier: limits of gradient flow, risk of the student, data that help and data that hurt (PL)."""
