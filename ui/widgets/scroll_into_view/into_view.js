// Scrolls to where it stands when it is given something it has not brought into view before.

const shown = new Set();

export default function ({ data, parentElement }) {
  if (shown.has(data.what)) {
    return;
  }
  shown.add(data.what);
  const here = parentElement.querySelector(".here");
  const top = here.getBoundingClientRect().top;
  if (top > 0 && top < innerHeight / 2) {
    return;
  }
  // At once: while a page glides, its buttons run away from a click.
  here.scrollIntoView({ block: "start", behavior: "instant" });
}
