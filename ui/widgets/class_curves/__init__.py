"""How the networks of a class learn, and which of them read best, in one picture."""
