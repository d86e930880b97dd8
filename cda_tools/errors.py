"""What is raised when the work could not be done.

A bad document is never an exception: it is a :class:`cda_tools.rules.finding.Finding`.
"""


class CdaToolsError(Exception):
    """The check could not be made: the message is one line, in French, fit for a user."""


class ResourceError(CdaToolsError):
    """A file that cda-tools ships (schema, value set, rule) is missing or damaged."""


class InputError(CdaToolsError):
    """The input cannot be reached: no such file, not permitted, not a document at all."""
