"""A network as data (layers, settings, recipes) and as a Keras model. Trains and saves nothing."""
