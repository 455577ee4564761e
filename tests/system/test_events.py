import io
import json
import logging

from mnist_core.system import events


def test_an_event_is_one_line_of_json() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(events.JsonLines())
    events.LOGGER.addHandler(handler)
    level = events.LOGGER.level
    events.LOGGER.setLevel(logging.INFO)
    try:
        events.record("training began", network="quick", epochs=3)
        events.refused("MNIST_QUEUE_LIMIT")
    finally:
        events.LOGGER.removeHandler(handler)
        events.LOGGER.setLevel(level)
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert first.pop("time").endswith("Z")
    assert first == {"event": "training began", "network": "quick", "epochs": 3}
    assert (second["event"], second["limit"]) == ("refusal", "MNIST_QUEUE_LIMIT")
