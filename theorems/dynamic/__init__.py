"""Dynamic programmes out of networks (LW): one tree for the whole run, or the node update alone."""
