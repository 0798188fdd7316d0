"""What is timed here computes as workers do: numpy on one thread. Set before anything brings it."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
