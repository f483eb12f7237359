"""Is it true of numbers?  Balls, search, checker, sampling, judge and verify."""
