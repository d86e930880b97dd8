"""What a report says of the run itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cda_tools.rules.finding import Severity
from cda_tools.validation import LAYERS, Options


@dataclass(slots=True)
class Run:
    """How documents were validated, and how that ended.

    ``fail_on``: the least severity that fails a document. ``ignored``: rules left out, each
    with the reason. ``baseline``: the file of known findings. ``interrupted``: known once the
    results are over.
    """

    options: Options = field(default_factory=Options)
    fail_on: Severity = Severity.ERROR
    ignored: Mapping[str, str] = field(default_factory=dict)
    baseline: str | None = None
    interrupted: bool = False

    def fails(self, severity: Severity) -> bool:
        """Tell whether a finding of this severity fails its document."""
        return severity >= self.fail_on

    @property
    def described(self) -> str:
        """Return the options in one French line."""
        parts = [f"profil {self.options.profile}"]
        if self.options.strict:
            parts.append("strict")
        if set(self.options.layers) < set(LAYERS):
            parts.append(f"couches {', '.join(self.options.layers)}")
        if self.options.schema:
            parts.append(f"schéma {self.options.schema.name}")
        return ", ".join(parts)
