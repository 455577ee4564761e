"""Run Digit Lab: the page that the address names. The pages are listed in `ui.shell.navigation`."""

from ui.shell import navigation
from ui.tour import tour

navigation.run(above=tour.bar)
