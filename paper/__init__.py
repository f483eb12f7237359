"""The paper and the report: LaTeX, figures, generated numbers, static site."""
