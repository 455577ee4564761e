"""Ten large buttons, one for each digit."""
