"""Run every benchmark, or those named: ``python -m benchmarks import_speed page_rerun``."""

import importlib
import sys

ALL = (
    "import_speed",
    "page_rerun",
    "pdf_speed",
    "profile_speed",
    "start_up",
    "typology_recovery",
    "typology_probabilities",
    "typology_number",
    "typology_stability",
    "typology_outside",
    "typology_speed",
)

for name in sys.argv[1:] or ALL:
    print(f"\n=== {name} ===", flush=True)
    importlib.import_module(f"benchmarks.{name}").main()
