"""Linear students of a linear teacher: inputs, projections, flows."""
