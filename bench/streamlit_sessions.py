"""Real Streamlit sessions without a browser: each speaks the page's own protocol and asks for a rerun at an interval.

`python -m bench.streamlit_sessions URL PAGE COUNT EVERY SECONDS` prints one JSON object. A process of its own, so that its work
does not stand in the way of the one that measures.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.percentiles import percentiles

LARGEST_MESSAGE = 200_000_000


def rerun_message(page: str) -> bytes:
    """What a browser sends to have the page's script run."""
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = ""
    encoded: bytes = message.SerializeToString()
    return encoded


async def _rerun(socket: websockets.ClientConnection, page: str) -> float:
    """Seconds from asking for a rerun to the script's end."""
    begun = time.perf_counter()
    await socket.send(rerun_message(page))
    while True:
        data = await socket.recv()
        if isinstance(data, bytes) and ForwardMsg.FromString(data).WhichOneof("type") == "script_finished":
            return time.perf_counter() - begun


async def session(url: str, page: str, start: float, every: float, seconds: float) -> list[float]:
    """One session from connecting to leaving; seconds of each of its reruns."""
    await asyncio.sleep(start)
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    took: list[float] = []
    # The subprotocol carries the name, and places for tokens that a first visit lacks.
    async with websockets.connect(address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=LARGEST_MESSAGE) as socket:
        end = time.perf_counter() + seconds
        while (due := time.perf_counter()) < end:
            took.append(await _rerun(socket, page))
            await asyncio.sleep(max(0.0, due + every - time.perf_counter()))
    return took


async def sessions(url: str, page: str, count: int, every: float, seconds: float) -> dict[str, Any]:
    """`count` sessions whose reruns are spread evenly over the interval."""
    runs = [session(url, page, every * i / count, every, seconds) for i in range(count)]
    outcomes = await asyncio.gather(*runs, return_exceptions=True)
    took = [one for outcome in outcomes if not isinstance(outcome, BaseException) for one in outcome]
    failed = [repr(outcome)[:200] for outcome in outcomes if isinstance(outcome, BaseException)]
    return {
        "sessions": count,
        "failed": failed,
        "reruns": len(took),
        **{f"rerun_{percent}_s": value for percent, value in percentiles(took, 50, 95).items()},
    }


def main() -> None:
    url, page, count, every, seconds = sys.argv[1:]
    print(json.dumps(asyncio.run(sessions(url, page, int(count), float(every), float(seconds)))))


if __name__ == "__main__":
    main()
