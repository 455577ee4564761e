"""What the technical words mean: the list that Home shows, and the help that pages give."""
