"""What Spark cannot read is one line, whatever the job; no Spark is started for it."""

from types import SimpleNamespace

import pytest

pytest.importorskip("pyspark", reason="PySpark is not installed (extra spark)")

from pyspark.errors import AnalysisException

from cda_tools.arrow import Work
from cda_tools.errors import InputError
from cda_tools.spark import running


def refused(*_: object) -> None:
    raise AnalysisException("no such path")


def test_headers_that_are_not_there_are_one_line() -> None:
    session = SimpleNamespace(read=SimpleNamespace(parquet=refused))
    with pytest.raises(InputError, match=r"^nulle-part : pas de colonne « document, "):
        running._planned(session, "chain", running.Source("nulle-part"), Work(), None)
