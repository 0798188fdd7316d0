"""Structured logs: one JSON object a line on stderr."""

from __future__ import annotations

import logging
import os
import sys

import structlog


def configure_logs() -> None:
    """Applies to this process. PARALLAX_LOG names the least level that is written."""
    level = getattr(logging, os.environ.get("PARALLAX_LOG", "info").upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
