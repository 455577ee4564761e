// Scrolls the page to itself, once for each event.

const handled = new Set();

export default function ({ data, parentElement }) {
  if (handled.has(data.event)) return;
  handled.add(data.event);
  const here = parentElement.querySelector(".here");
  const { top } = here.getBoundingClientRect();
  if (top > 0 && top < innerHeight / 2) return;
  // At once: while a page glides, its buttons run away from a click.
  here.scrollIntoView({ block: "start", behavior: "instant" });
}
