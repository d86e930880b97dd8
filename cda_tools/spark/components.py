"""Which documents are connected by the identifiers that they mention, over any number of them.

Large-star and small-star, in turn, until nothing changes: a logarithmic number of rounds, however
long a chain of replacements is. Source: Kiveris and others, "Connected Components in MapReduce
and Beyond" (2014).
"""

from functools import reduce

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

_ROUNDS = 60
"""Far more than any graph of 64-bit numbers needs."""


def components(edges: DataFrame) -> DataFrame:
    """Return ``node``, ``group``: the smallest number that a node is connected with.

    ``edges``: ``node`` and ``key``, whole numbers; nodes that share no key with another are left
    out: each is a group of its own.
    """
    shared = edges.distinct()
    several = shared.groupBy("key").agg(f.min("node").alias("least"), f.count("*").alias("number"))
    several = several.where("number > 1").drop("number")
    # Each document of a key is tied to the key's least document: keys themselves are let go.
    pairs = shared.join(several, "key").select(f.col("node").alias("u"), f.col("least").alias("v"))
    stars = _kept(pairs.where("u <> v").distinct())
    before = None
    for _ in range(_ROUNDS):
        now = _fingerprint(stars)
        if now == before:
            break
        before = now
        stars = _kept(_small_star(_large_star(stars)))
    ends = [stars.select(f.col("u").alias("node"), f.col("v").alias("group"))]
    ends.append(stars.select(f.col("v").alias("node"), f.col("v").alias("group")).distinct())
    return reduce(DataFrame.unionByName, ends).groupBy("node").agg(f.min("group").alias("group"))


def _kept(frame: DataFrame) -> DataFrame:
    """Compute a frame once and cut its history: plans would double in size each round.

    A checkpoint that is local is lost with its executor, and Spark cannot make it again.
    """
    if _has_directory(frame.sparkSession):
        return frame.checkpoint()
    return frame.localCheckpoint()


def _has_directory(session: SparkSession) -> bool:
    try:
        return session.sparkContext.getCheckpointDir() is not None
    except PySparkException:  # behind a server, whose directory is its own affair
        return False


def _fingerprint(stars: DataFrame) -> tuple[int, int, int]:
    row = stars.select(
        f.count("*").alias("count"),
        f.sum(f.hash("u", "v").cast("long")).alias("one"),
        f.sum(f.xxhash64("u", "v").cast("decimal(38,0)")).alias("other"),
    ).first()
    assert row is not None
    return row["count"], row["one"] or 0, int(row["other"] or 0)


def _both_ways(stars: DataFrame) -> DataFrame:
    return stars.unionByName(stars.select(f.col("v").alias("u"), f.col("u").alias("v")))


def _large_star(stars: DataFrame) -> DataFrame:
    """Tie every larger neighbour of a node to the least of the node and its neighbours."""
    both = _both_ways(stars)
    least = both.groupBy("u").agg(f.least(f.min("v"), f.col("u")).alias("least"))
    tied = both.where("v > u").join(least, "u")
    return tied.select(f.col("v").alias("u"), f.col("least").alias("v")).where("u <> v").distinct()


def _small_star(stars: DataFrame) -> DataFrame:
    """Tie a node and its smaller neighbours to the least of these."""
    downward = stars.select(
        f.greatest("u", "v").alias("u"), f.least("u", "v").alias("v")
    ).distinct()
    least = downward.groupBy("u").agg(f.min("v").alias("least"))
    tied = downward.join(least, "u").select(f.col("v").alias("u"), f.col("least").alias("v"))
    own = least.select("u", f.col("least").alias("v"))
    return tied.unionByName(own).where("u <> v").distinct()
