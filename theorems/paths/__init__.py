"""Paths and the O(1/n) rate: what stages of distillation cost, and what more of them buy."""
