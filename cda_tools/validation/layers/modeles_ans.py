"""Layer modeles-ans: the models of the ANS, by the user's own kit."""

from cda_tools.validation.layers import Checked, Job, Layer, Needs


def check(job: Job) -> Checked:
    """Return what the kit's Schematron says."""
    # Only a run with a kit needs it.
    from cda_tools.validation.kit_layers import check_layer  # noqa: PLC0415

    return check_layer(job, LAYER.name)


LAYER = Layer("modeles-ans", order=50, check=check, official=True, needs=Needs.XML, option="kit")
