"""Makes the thumbnails of the packaged photographs: `python -m scripts.build_samples`. Their licences: assets/images/ATTRIBUTION.md."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps

from models.specs.feature_hierarchy import SAMPLES
from models.tasks.samples import sample_path

SIDE = 144
"""Pixels: 72 on the page, sharp on dense screens."""
FOLDER = Path(__file__).parents[1] / "assets" / "images" / "samples"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        with Image.open(sample_path(sample.name)) as photograph:
            thumbnail = ImageOps.fit(photograph.convert("RGB"), (SIDE, SIDE), Image.Resampling.LANCZOS)
        thumbnail.save(FOLDER / f"{sample.name}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
