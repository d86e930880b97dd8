"""What a patient's local documents are beside what the DMP answers (CDA/DD.05, DMP/UX.15)."""

from cda_tools.dmp.comparison import Comparison, compare
from cda_tools.dmp.exchanges import Exchange, pair
from cda_tools.dmp.memory import Memory, Remembered
from cda_tools.dmp.states import Choice, Compared, Reason, State
from cda_tools.dmp.visit import Visit

__all__ = [
    "Choice",
    "Compared",
    "Comparison",
    "Exchange",
    "Memory",
    "Reason",
    "Remembered",
    "State",
    "Visit",
    "compare",
    "pair",
]
