"""One file an experiment, ending in `EXPERIMENT`: a frozen configuration per profile, its shards, and the run."""
