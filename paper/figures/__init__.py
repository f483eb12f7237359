"""One file a figure, each ending in `FIGURE`; found by existence."""
