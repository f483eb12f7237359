"""What holds for softening operators: criteria, the shipped families, what the axioms leave open (labels `op:`)."""
