"""The kit's layers as steps of a validation."""

from cda_tools.kit.findings import checked
from cda_tools.kit.kit import open_kit
from cda_tools.validation.layers import Checked, Job


def check_layer(job: Job, name: str) -> Checked:
    """Return what one layer of the options' kit says of a document."""
    options = job.options
    assert options.kit is not None
    return checked(open_kit(options.kit), job.root, name, options.volet)
