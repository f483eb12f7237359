"""Teacher and students that share a feature space and its heads."""
