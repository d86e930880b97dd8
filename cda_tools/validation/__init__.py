"""Validation: layers, each with its verdict, and the report that holds them."""

from cda_tools.validation.report import LayerResult, Report
from cda_tools.validation.running import LAYERS, PROFILES, Options, validate

__all__ = ["LAYERS", "PROFILES", "LayerResult", "Options", "Report", "validate"]
