"""Ten bars: how likely a network thinks each digit is."""
