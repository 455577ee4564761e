"""An image on its way into a network: three scales and the strip of 784, pointed at together."""
