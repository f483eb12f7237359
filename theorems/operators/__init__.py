"""Shipped operators and rogues: one file each, ending in `OPERATOR`."""
