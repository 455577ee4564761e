"""A running training: accuracy grows, digits turn from wrong to right, noise becomes strokes."""
