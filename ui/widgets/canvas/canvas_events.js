// What the hand on the canvas shares with the keyboard's pen: the events that a canvas understands.

// Tells a canvas that a pen is at a point: the events that a mouse would cause.
function tellCanvas(canvas, side, [x, y], kinds, buttons) {
  const { left, top, width } = canvas.getBoundingClientRect();
  const where = { clientX: left + (x * width) / side, clientY: top + (y * width) / side };
  const common = { ...where, buttons, bubbles: true, composed: true, cancelable: true, view: window };
  for (const kind of kinds) {
    const Kind = kind.startsWith("pointer") ? PointerEvent : MouseEvent;
    canvas.dispatchEvent(new Kind(kind, { ...common, isPrimary: true }));
  }
}

function isUndo(event) {
  const isShortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  const [target] = event.composedPath();
  return isShortcut && event.key.toLowerCase() === "z" && !target.matches?.("input, textarea, [contenteditable]");
}

function middleOf(points) {
  const [one, other] = [points[0], points.at(-1)];
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
}
