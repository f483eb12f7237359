"""One Hypothesis profile for the whole suite: the same cases on every machine, and no deadline on a busy one."""

from hypothesis import HealthCheck, settings

settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
