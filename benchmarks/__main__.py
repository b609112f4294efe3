"""All timings in one run: make bench."""

from benchmarks.charts import time_charts
from benchmarks.engine import time_engine
from benchmarks.reruns import time_reruns
from benchmarks.sheets import time_sheets

if __name__ == "__main__":
    time_engine()
    time_charts()
    time_sheets()
    time_reruns()
