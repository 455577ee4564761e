"""Figures are what they were when plotly's descriptions of properties are kept as text."""

import json

from plotly import graph_objects as go
from plotly.validator_cache import ValidatorCache

from ui.server import plotly_properties


def figure() -> str:
    made = go.Figure([go.Scatter(x=[1], y=[2], line_dash="dot"), go.Heatmap(z=[[1]])])
    made.update_layout(xaxis2={"title": {"text": "epoch"}}, template="none", hovermode="x")
    return str(made.to_json())


def test_a_figure_is_the_same_with_packed_descriptions(monkeypatch) -> None:
    monkeypatch.setattr(ValidatorCache, "_cache", {})
    monkeypatch.setattr(ValidatorCache, "_json_cache", None)
    before = figure()
    plotly_properties.pack()
    plotly_properties.pack()
    assert not isinstance(ValidatorCache._json_cache, dict)
    ValidatorCache._cache.clear()
    assert json.loads(figure()) == json.loads(before)
    assert ValidatorCache._json_cache.get("no.such.property") is None
