"""The views of the page Questions: twelve answers, each with an experiment that shows it."""
