"""Indicators of Ségur vague 2: historical documents sent to the DMP; consents of patients.

Both take documents and messages in any order and any number, and give frozen results. The two
functions have the names of their modules, which hold the types of their results.
"""

from cda_tools.indicators.consent import consent
from cda_tools.indicators.history import history

__all__ = ["consent", "history"]
