"""The wheel on executors, under spark-submit, as docs/scale.md has it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tables import printed

pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed (extra spark)")
pytest.importorskip("hatchling", reason="it builds the wheel")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, which is not here", allow_module_level=True)

import pyarrow.parquet as pq  # noqa: E402

from conftest import ROOT  # noqa: E402

pytestmark = [pytest.mark.spark]
SUBMIT = Path(pyspark.__file__).parent / "bin" / "spark-submit"
HERE = ("--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1")
WHERE = """
import sys
from pathlib import Path

import pyarrow as pa
from pyspark.sql import SparkSession


def told(batches):
    import cda_tools

    for batch in batches:
        places = pa.array([cda_tools.__file__] * batch.num_rows)
        yield batch.set_column(0, "path", places)


session = SparkSession.builder.getOrCreate()
packed = session.read.parquet(sys.argv[1])
rows = packed.select("path").mapInArrow(told, "path string").distinct().collect()
Path(sys.argv[2]).write_text("\\n".join(row["path"] for row in rows), encoding="utf-8")
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Return the wheel, named as what Spark unpacks."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel.rename(folder / "cda-tools.zip")


def _complaints(log: str) -> str:
    return "\n".join(line for line in log.splitlines() if "INFO" not in line)[-2000:]


def submit(archive: Path, *arguments: object) -> None:
    conf = ("--conf", "spark.executorEnv.PYTHONPATH=cda")
    options = ["--master", "local-cluster[1,1,1024]", "--archives", f"{archive}#cda", *conf, *HERE]
    command = [str(SUBMIT), *options, *map(str, arguments)]
    environment = os.environ | {"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, _complaints(done.stderr)


def test_executors_have_the_package_from_the_wheel_and_say_what_validate_does(
    archive, gazelle, tmp_path
):
    packed, into = tmp_path / "packed", tmp_path / "out"
    printed("pack", gazelle, "--into", packed)
    submit(archive, ROOT / "cda_tools" / "__main__.py", "spark", "validate", packed, "--into", into)
    assert pq.read_table(into).num_rows > 40
    program = tmp_path / "where.py"
    program.write_text(WHERE, encoding="utf-8")
    submit(archive, program, packed, tmp_path / "where.txt")
    (place,) = (tmp_path / "where.txt").read_text(encoding="utf-8").splitlines()
    assert Path(place).parent.parent.name == "cda"
