"""What a patient's local documents are beside what the DMP answers (CDA/DD.05, DMP/UX.15)."""

from cda_tools.dmp.comparison import Comparison, compare
from cda_tools.dmp.exchanges import Exchange, pair
from cda_tools.dmp.memory import Memory, Remembered, read_memory
from cda_tools.dmp.queries import Asking, Query, next_queries
from cda_tools.dmp.states import Choice, Compared, Reason, State
from cda_tools.dmp.visit import Visit

__all__ = [
    "Asking",
    "Choice",
    "Compared",
    "Comparison",
    "Exchange",
    "Memory",
    "Query",
    "Reason",
    "Remembered",
    "State",
    "Visit",
    "compare",
    "next_queries",
    "pair",
    "read_memory",
]
