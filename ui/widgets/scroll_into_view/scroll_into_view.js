// Scrolls the page to itself, once for each event.

const handled = new Set();
const MOVES = ["wheel", "touchmove", "keydown", "pointerdown"];
// On a slow connection what was on the page before goes only after this has come: it is looked again.
const AGAIN_MILLISECONDS = [300, 1500];

export default function ({ data, parentElement }) {
  if (handled.has(data.event)) return;
  handled.add(data.event);
  const here = parentElement.querySelector(".here");
  show(here);
  const hands = new AbortController();
  // Whoever moves the page meanwhile wants to be elsewhere.
  const stop = () => hands.abort();
  for (const move of MOVES) addEventListener(move, stop, { signal: hands.signal, capture: true });
  for (const pause of AGAIN_MILLISECONDS) {
    setTimeout(() => hands.signal.aborted || show(here), pause);
  }
  setTimeout(stop, AGAIN_MILLISECONDS.at(-1) + 1);
}

function show(here) {
  const { top } = here.getBoundingClientRect();
  if (!here.isConnected || (top > 0 && top < innerHeight / 2)) return;
  // At once: while a page glides, its buttons run away from a click.
  here.scrollIntoView({ block: "start", behavior: "instant" });
}
