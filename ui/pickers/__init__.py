"""Controls that choose what a page shows, in step with its address."""
