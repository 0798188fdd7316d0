"""The toy beside the dense lab's real experiments, as the service serves a catalogue."""

from models.catalog import EXPERIMENTS as REAL
from tests.service.toy import EXPERIMENTS as TOYS

EXPERIMENTS = {**TOYS, "gradient-flow": REAL["gradient-flow"], "image-set": REAL["image-set"]}
