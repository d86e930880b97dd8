"""What Spark cannot read is one line, whatever the job; no Spark is started for it."""

from types import SimpleNamespace

import pytest

pytest.importorskip("pyspark", reason="PySpark is not installed (extra spark)")

from pyspark.errors import AnalysisException

from cda_tools.arrow import Work
from cda_tools.errors import InputError
from cda_tools.spark import running
from cda_tools.spark.reasons import reason


def refused(*_: object) -> None:
    raise AnalysisException("no such path")


def test_headers_that_are_not_there_are_one_line() -> None:
    session = SimpleNamespace(read=SimpleNamespace(parquet=refused))
    with pytest.raises(InputError, match=r"^nulle-part : pas de colonne « document, "):
        running._planned(session, "chain", running.Source("nulle-part"), Work(), None)


class Failed(Exception):
    def getCondition(self) -> str:  # noqa: N802  as PySpark has it
        return "PYTHON_EXCEPTION"


def test_of_an_exception_on_an_executor_the_kind_alone_is_told() -> None:
    text = (
        "Traceback (most recent call last):\n  File x\npyarrow.lib.ArrowInvalid: FICTIF\n\tat java"
    )
    assert reason(Failed(text)) == "PYTHON_EXCEPTION, pyarrow.lib.ArrowInvalid"
    assert reason(Failed("no worker")) == "PYTHON_EXCEPTION"
    assert reason(ValueError("first\nsecond")) == "first"
