"""Who visits, what belongs to them, and how much one visitor may ask of the server."""
