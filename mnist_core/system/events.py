"""What matters to whoever runs a server, as events with facts: a start, a refusal, an error.

They go through Python's `logging`, so that only a web server writes them down (`JsonLines`), one
line of JSON each. No fact may say anything about a person: no address, name, note, drawing or code.
"""

import logging
import time
from typing import Any

import msgspec

LOGGER = logging.getLogger("digit_lab.events")
"""Where events go; INFO, so that nothing is printed where nobody asks for them."""

_FACTS = "facts"


def record(event: str, **facts: Any) -> None:
    """Record an event.

    Args:
        event: what happened, such as "refusal".
        facts: what is known of it, of what JSON can hold.
    """
    LOGGER.info(event, extra={_FACTS: facts})


def refused(limit: str) -> None:
    """Record that somebody was refused something.

    Args:
        limit: the name of the setting that says how much is allowed.
    """
    record("refusal", limit=limit)


def facts_of(log_record: logging.LogRecord) -> dict[str, Any]:
    """The facts of an event that a handler of `LOGGER` gets."""
    found: dict[str, Any] = getattr(log_record, _FACTS, {})
    return found


class JsonLines(logging.Formatter):
    """Writes an event as one line of JSON: `{"time": "…Z", "event": "…", …}`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        head = {"time": f"{moment}.{int(record.msecs):03}Z", "event": record.getMessage()}
        return msgspec.json.encode(head | facts_of(record), enc_hook=str).decode()
