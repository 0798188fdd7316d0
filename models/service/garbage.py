"""Keeps the garbage collector from walking, again and again, what was imported once and stays for ever.

Streamlit collects all generations after every rerun of a script. With the pages' libraries loaded that holds the interpreter
for about a tenth of a second each time, and every stream with it. Frozen objects are not walked.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from typing import Final

LOOK_EVERY: Final = 2.0
"""Seconds between two looks at whether something was imported."""


async def freeze_imports() -> None:
    """For as long as the server runs: freezes whatever is alive after each burst of imports. Imports end, and so does this."""
    known, frozen = 0, 0
    while True:
        before, known = known, len(sys.modules)
        if known == before and known != frozen:
            gc.collect()
            gc.freeze()
            frozen = known
        await asyncio.sleep(LOOK_EVERY)
