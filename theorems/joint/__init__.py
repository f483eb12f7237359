"""The ideal joint classifier (IJC): a student's error through its teacher's, on one feature space."""
