"""The confusion matrix: a table of all answers in which each number can be clicked."""
