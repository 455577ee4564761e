"""A button for whoever wants to be told by the browser that a training is over."""
