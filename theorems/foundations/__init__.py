"""Textbook facts that other derivations use and that are derived here rather than cited."""
