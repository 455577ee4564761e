"""One line above a page: where one is on the tour, what to do, and the way on."""
