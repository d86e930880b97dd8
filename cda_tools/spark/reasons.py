"""Why Spark did not do it, in one line instead of a stack of two languages."""

import re
from typing import Any

from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]

_LONGEST = 200
_TRACEBACK = "Traceback (most recent call last)"
_KIND = re.compile(r"^([A-Za-z_][\w.]*(?:Error|Exception|Invalid))\b", re.MULTILINE)


def reason(error: Exception) -> str:
    """Return the name of Spark's error, or the first line of what lies at the bottom of it."""
    # Named otherwise in PySpark 3.5.
    ask: Any = getattr(error, "getCondition", None) or getattr(error, "getErrorClass", None)
    told = str(error)
    if ask and (name := ask()):
        # Of ours, the kind alone: what an exception says may be of a patient.
        kinds = _KIND.findall(told) if _TRACEBACK in told else ()
        return f"{name}, {kinds[-1]}" if kinds else str(name)
    if isinstance(error, Py4JJavaError):
        cause = error.java_exception
        while cause.getCause() is not None:
            cause = cause.getCause()
        told = cause.getMessage() or cause.getClass().getName()
    first = next((line.strip() for line in told.splitlines() if line.strip()), "")
    return first[:_LONGEST] or type(error).__name__
