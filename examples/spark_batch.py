"""Explain millions of texts: `spark-submit examples/spark_batch.py IN.parquet OUT.parquet`.

The input has the columns ``id`` and ``text``. Each worker opens the graph once and explains the
rows of its partitions; a row that cannot be explained has its error beside it. The same function
takes plain pandas frames: ``pd.concat(explained(iter([frame])))``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pandas as pd

import kg
from kg.batch import explain_case

COLUMNS = ("id", "urgency", "present", "likely", "answer", "error")
SCHEMA = ", ".join(f"{column} string" for column in COLUMNS)


def explained(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The answers to the rows of each frame, as `mapInPandas` wants them."""
    with kg.open() as graph:
        for frame in frames:
            cases = frame[["id", "text"]].astype("string").to_dict("records")
            rows = [row(explain_case(graph, case)) for case in cases]
            yield pd.DataFrame(rows, columns=list(COLUMNS), dtype="string")


def row(answer: dict[str, object]) -> dict[str, str | None]:
    """One row: what is looked at most, and the whole short answer as JSON."""
    if "error" in answer:
        return {"id": str(answer["id"]), "error": str(answer["error"])}
    findings = answer["case"]["findings"]  # type: ignore[index]
    likely = answer["summary"]["likely"]  # type: ignore[index]
    return {
        "id": str(answer["id"]),
        "urgency": answer["urgency"]["level"],  # type: ignore[index]
        "present": " ".join(f["id"] for f in findings if f["status"] == "present"),
        "likely": " ".join(name for told in likely for name in told["about"]),
        "answer": json.dumps(answer, ensure_ascii=False),
    }


if __name__ == "__main__":
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("explain").getOrCreate()
    texts = spark.read.parquet(sys.argv[1]).repartition(spark.sparkContext.defaultParallelism)
    texts.mapInPandas(explained, SCHEMA).write.parquet(sys.argv[2])
