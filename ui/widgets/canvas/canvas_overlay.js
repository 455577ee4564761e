// What lies on the canvas without being ink: its invitation, the ghost pen, the keyboard's pen.

export default function ({ data, parentElement }) {
  const overlay = parentElement.querySelector(".overlay");
  overlay.parts ??= start(overlay, parentElement.host, data);
  overlay.parts.use(data);
  return whenGone(overlay, () => overlay.parts.stop());
}

function start(overlay, host, data) {
  const [sheet, words, area, mark, announced] = overlay.children;
  let ghost;
  let isTouched = false; // since the server has said that the canvas is empty
  const canvasBelow = () => upperCanvas(host);
  const { side } = data;
  const pen = makeKeyboardPen({ area, mark, announced, side, canvasBelow, spoken: () => data.spoken });
  const hand = makeCanvasHand({ paper: paperAround(host), sheet, side, brush: () => data.brush, canvasBelow });
  const listening = new AbortController();
  const options = { capture: true, passive: true, signal: listening.signal };
  document.addEventListener("pointerdown", touch, options);
  area.addEventListener("focus", () => area.matches(":focus-visible") && ghost?.stop());
  return { use, stop };

  function use(sent) {
    data = sent;
    hand.use(data);
    area.ariaLabel = data.spoken.canvas;
    isTouched = hand.isBusy();
    ghost ??= makeGhostPen({
      overlay,
      digits: () => data.ghost,
      brush: () => data.brush,
      isFree: () => data.isEmpty && !isTouched,
    });
    mark.style.width = mark.style.height = `${(100 * data.brush) / data.side}%`;
    pen.show();
    show();
  }

  // The words go with the first touch of the pen, not when the server hears of it.
  function touch(event) {
    if (!event.composedPath().includes(canvasBelow())) return;
    isTouched = true;
    document.addEventListener("pointerup", dropFocus, { once: true });
    ghost?.stop();
    show();
  }

  // A mouse that draws gives the focus to the page, which a key would show by a frame round all of it.
  function dropFocus() {
    const { activeElement: focused } = document;
    if (focused?.matches("[data-testid=stMain]")) focused.blur();
  }

  function show() {
    if (!data.isEmpty) ghost.stop();
    words.textContent = data.words;
    words.hidden = !data.isEmpty || isTouched;
  }

  function stop() {
    listening.abort();
    hand.stop();
    ghost?.stop();
  }
}

function paperAround(host) {
  return host.closest("[class*=st-key-paper-]");
}

// The canvas beside which this lies: the layer that gets the pen.
function upperCanvas(host) {
  for (const other of paperAround(host)?.querySelectorAll("[data-testid^=stBidi]") ?? []) {
    const found = other.shadowRoot?.querySelector("canvas.upper-canvas");
    if (found) return found;
  }
}
