"""A network as data (layers, settings, recipes), in sentences, and as a Keras model.

Trains and saves nothing.
"""
