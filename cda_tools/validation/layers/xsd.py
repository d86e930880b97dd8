"""Layer xsd: the XML Schema of CDA (:mod:`cda_tools.validation.xsd`)."""

from cda_tools.validation.layers import Checked, Job, Layer, Needs


def check(job: Job) -> Checked:
    """Return the layer's verdict, on any XML: the official schema gives one too."""
    from cda_tools.validation.xsd import layer as xsd  # noqa: PLC0415  compiled when first used

    return Checked(xsd.check(job.root, job.options.schema, explain=job.options.explain))


LAYER = Layer("xsd", order=10, check=check, official=True, needs=Needs.XML)
