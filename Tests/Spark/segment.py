"""Segments a text file on Spark: the partitions stream through textkit processes, a line in, a record out.

spark-submit segment.py TEXTKIT INPUT OUTPUT PARTITIONS
"""

import sys

from pyspark.sql import SparkSession

textkit, source, target, partitions = sys.argv[1:]
spark = SparkSession.builder.appName("textkit").getOrCreate()
lines = spark.sparkContext.textFile(source, int(partitions))
command = f"{textkit} batch --task segment --threads 1 --quiet --input - --output -"
# checkCode: a process that ends with an error fails the job.
records = lines.pipe(command, checkCode=True)
records.saveAsTextFile(target)
print("documents", lines.count(), "records", spark.sparkContext.textFile(target).count())
spark.stop()
