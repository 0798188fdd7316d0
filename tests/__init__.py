"""Two test processes share two cores: each computes on one thread, as workers do. Set before anything brings numpy or torch."""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
