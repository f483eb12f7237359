"""Errors of overproof.  A false theorem is a return value, never one of these."""


class OverproofError(Exception):
    """Base of every error that overproof raises on purpose: one line, the fault and its mend."""


class InvalidOperator(OverproofError, ValueError):
    """A candidate that is no operator: bad expression, weight, domain or file."""


class OutOfDomain(OverproofError, ValueError):
    """A number outside the domain of a function or claim; the message names the entry or hypothesis."""


class UnknownLabel(OverproofError, KeyError):
    """A label or name that nothing carries."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class DuplicateLabel(OverproofError, KeyError):
    """Two files that carry the same label."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class StaleCertificate(OverproofError):
    """A certificate or record made for another text than the present one."""


class InconsistentEvidence(OverproofError):
    """A proof and a refutation of the same claim: one engine lies."""
