"""Layer modeles-ihe: the sections and entries of IHE, by the user's own kit."""

from cda_tools.validation.layers import Checked, Job, Layer, Needs


def check(job: Job) -> Checked:
    """Return what the kit's Schematron says."""
    # Only a run with a kit needs it.
    from cda_tools.validation.kit_layers import check_layer  # noqa: PLC0415

    return check_layer(job, LAYER.name)


LAYER = Layer("modeles-ihe", order=30, check=check, official=True, needs=Needs.XML, option="kit")
