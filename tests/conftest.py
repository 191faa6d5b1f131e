"""Hypothesis profiles, by HYPOTHESIS_PROFILE: `default`; `long`, the full count of `make test-long`; `brief`.

`brief` is for another Python than the first: what it may change is seen with a few examples.
"""

from __future__ import annotations

import gc
import os

from hypothesis import HealthCheck, settings

_CALM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("default", max_examples=40, deadline=None, derandomize=True, suppress_health_check=_CALM)
settings.register_profile("brief", settings.get_profile("default"), max_examples=6)
settings.register_profile("long", max_examples=300, deadline=None, suppress_health_check=_CALM)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

os.environ["CHAMPION_ALLOWED_HOSTS"] = "testserver, a, x"  # the names by which tests ask the service
collect_ignore = ["study/little_study.py"]  # to import it is to run it

gc.set_threshold(50_000, 20, 100)  # to build an expression makes objects by the hundred thousand, none of them garbage
