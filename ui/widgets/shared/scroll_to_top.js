// The page that an element is on, shown from its beginning.

function scrollToTop(start) {
  for (let place = start; place; place = place.parentNode ?? place.host) place.scrollTop = 0;
}
