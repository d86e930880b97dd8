"""What a report says of the run itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cda_tools.carriers.walking import LeftOut
from cda_tools.rules.finding import Finding, Severity
from cda_tools.validation import LAYERS, Options
from cda_tools.validation.layers import is_ours


@dataclass(slots=True)
class Run:
    """How documents were validated, and how that ended.

    ``fail_on``: the least severity that fails a document. ``ignored``: rules left out, each
    with the reason. ``baseline``: the file of known findings. ``interrupted``, ``left_out`` (what
    folders held that is no document): known once the results are over. ``command``: the arguments
    of the command line. ``roots``: the paths that were given. ``quiet``: a text shows what fails,
    and the summary. ``docs_url``: where the page of the rules is (``docs/rules.md``), "" where that
    is not known.
    """

    options: Options = field(default_factory=Options)
    fail_on: Severity = Severity.ERROR
    ignored: Mapping[str, str] = field(default_factory=dict)
    baseline: str | None = None
    interrupted: bool = False
    command: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    quiet: bool = False
    docs_url: str = ""
    stdin_name: str | None = None
    left_out: LeftOut = field(default_factory=LeftOut)

    def fails(self, finding: Finding) -> bool:
        """Tell whether a finding fails its document: one of ours does so only with ``strict``."""
        return self.counts(finding) and finding.severity >= self.fail_on

    def counts(self, finding: Finding) -> bool:
        """Tell whether a finding counts for the exit code at all."""
        return self.options.strict or not is_ours(finding.layer)

    def weight(self, finding: Finding) -> Severity:
        """Return the severity to show to a tool that stops at errors: ours stop nobody."""
        if finding.severity is Severity.ERROR and not self.counts(finding):
            return Severity.WARNING
        return finding.severity

    @property
    def kit_defects(self) -> list[Finding]:
        """Return what is wrong in the kit, the heaviest first; nothing without a kit.

        A file's name is relative to the kit; what is only said for information is among them.
        """
        if not self.options.kit:
            return []
        from cda_tools.kit.defects import defects  # noqa: PLC0415  only with a kit
        from cda_tools.kit.kit import open_kit  # noqa: PLC0415

        return defects(open_kit(self.options.kit))

    @property
    def described(self) -> str:
        """Return the options in one French line."""
        parts = [f"profil {self.options.profile}", f"édition {self.options.edition}"]
        if self.options.kit_label:
            parts.append(f"kit {self.options.kit_label}")
        if self.options.strict:
            parts.append("strict")
        if set(self.options.layers) < set(LAYERS):
            parts.append(f"couches {', '.join(self.options.layers)}")
        if self.options.schema:
            parts.append(f"schéma {self.options.schema.name}")
        return ", ".join(parts)
