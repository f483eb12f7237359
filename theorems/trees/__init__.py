"""Decision trees out of networks (BA): samples, clauses, search, the exact programme."""
