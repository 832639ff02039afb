"""The error family. Every message says what was expected, what was found and what to do.

AuditError                 anything a user can cause or cure
├── ProjectError           the folder, manifest, labels or regions do not fit together
├── ModelError             the model cannot be loaded or explained
│   ├── UntrustedModelError  the model file holds code and nobody said that it is trusted
│   └── OpenSizeError        the model leaves the size of its input open and nobody gave one
├── SampleError            one sample cannot be used; becomes that sample's status, never fatal
├── RunError               a run folder is missing, incomplete or of another schema
└── SourceError            a remote source answered wrongly
"""


class AuditError(Exception):
    """What was expected, what was found, and what to do; ``expected`` is a noun phrase, small letters.

    Parameters are kept apart so that the command line prints one line and a page can lay them out.
    """

    def __init__(self, expected: str, found: str = "", todo: str = "") -> None:
        self.expected, self.found, self.todo = expected, found, todo
        parts = [
            f"expected {expected}",
            f"found {found}" if found else "",
            f"to do: {todo}" if todo else "",
        ]
        super().__init__("; ".join(part for part in parts if part))


class ProjectError(AuditError):
    """The folder, manifest, labels or regions do not fit together."""


class ModelError(AuditError):
    """The model cannot be loaded or explained."""


class UntrustedModelError(ModelError):
    """The model file holds code (Lambda and the like) and nobody said that it is trusted."""


class OpenSizeError(ModelError):
    """The model leaves the size of its input open and nobody gave one."""


class SampleError(AuditError):
    """One sample cannot be used. It becomes that sample's status and reason; it is never fatal."""


class RunError(AuditError):
    """A run folder is missing, incomplete, or written by another schema."""


class SourceError(AuditError):
    """A remote source could not be reached or answered in an unexpected way."""
