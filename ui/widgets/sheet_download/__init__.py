"""The buttons that download the sheet of paper with twenty boxes, to print."""
