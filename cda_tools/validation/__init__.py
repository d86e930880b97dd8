"""Validation: layers, each with its verdict, and the report that holds them."""

from cda_tools.validation.options import LAYERS, PROFILES, Options
from cda_tools.validation.report import LayerResult, Report, State
from cda_tools.validation.running import validate

__all__ = ["LAYERS", "PROFILES", "LayerResult", "Options", "Report", "State", "validate"]
