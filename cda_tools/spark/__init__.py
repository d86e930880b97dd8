"""Documents in a warehouse (extra ``spark``): DataFrames in and out, on PySpark 3.5 and 4.

Only plans are here: every row is made by the functions of :mod:`cda_tools.arrow`, on executors.
"""

from cda_tools.spark.jobs import chains, headers, lines, validation

__all__ = ["chains", "headers", "lines", "validation"]
