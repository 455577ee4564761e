"""The map of the test digits: point at a dot to see its digit, draw around a cloud to see all."""
