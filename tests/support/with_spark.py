"""What the tests that start Spark share: its session, our documents in it, what is skipped.

Importing it skips a whole test module where PySpark or Java is not installed.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed (extra spark)")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, which is not here", allow_module_level=True)

from cda_tools.arrow import Work  # noqa: E402
from conftest import ROOT  # noqa: E402

MARKS = [
    pytest.mark.spark,
    # PySpark's own, of its own modules.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
GAZELLE = ROOT / "fixtures" / "gazelle"
SECRET = Work(secret=b"a key of the tests, of 32 bytes.")


@pytest.fixture(scope="session")
def session(tmp_path_factory):
    """Return a session with two executors, each a process of its own."""
    work = tmp_path_factory.mktemp("spark")
    # Executors start what this says, and else the first python3 on the path.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    found = (
        pyspark.sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.warehouse.dir", str(work / "warehouse"))
        .config("spark.executorEnv.PYTHONPATH", str(ROOT))
        .getOrCreate()
    )
    yield found
    found.stop()


@pytest.fixture(scope="session")
def files() -> list[Path]:
    return sorted(GAZELLE.glob("*.xml"))


@pytest.fixture(scope="session")
def documents(session, files):
    rows = [(str(path), path.read_bytes()) for path in files]
    return session.createDataFrame(rows, "path string, content binary")


def collected(frame):
    return [row.asDict(recursive=True) for row in frame.collect()]
