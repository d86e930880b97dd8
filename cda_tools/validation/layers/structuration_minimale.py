"""Layer structuration-minimale: the profile of the header
(:mod:`cda_tools.validation.structuration_minimale`).
"""

from cda_tools.validation.layers import Checked, Job, Layer, Needs


def check(job: Job) -> Checked:
    """Return the layer's verdict, on any XML: the official Schematron gives one too."""
    # Compiled when first used.
    from cda_tools.validation.structuration_minimale import layer as profile  # noqa: PLC0415

    options = job.options
    found = profile.check(job.root, job.profile, options.edition, explain=options.explain)
    return Checked(found)


LAYER = Layer("structuration-minimale", order=20, check=check, official=True, needs=Needs.XML)
