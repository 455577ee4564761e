// A pen for the keyboard: arrows move it, space puts it down and lifts it. It tells the canvas below
// what a mouse would, so there is one drawing, whoever draws it.

const STEP = 8; // of the canvas's pixels, for each press of an arrow
const FINE_STEP = 2; // with the Shift key
const LINGER = 100; // ms after its release in which an arrow still counts: two make a diagonal

function makeKeyboardPen({ area, mark, announced, side, canvasBelow, spoken }) {
  let [x, y] = [side / 2, side / 4];
  let isDown = false;
  const held = new Map(); // arrow -> when it was released, or Infinity
  area.addEventListener("focus", () => (mark.hidden = !area.matches(":focus-visible")));
  area.addEventListener("blur", leave);
  area.addEventListener("keydown", press);
  area.addEventListener("keyup", ({ key }) => held.has(key) && held.set(key, performance.now()));
  return { show };

  function press(event) {
    const isSpace = event.key === " ";
    if (!(isSpace || event.key in ARROWS) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!isSpace) return move(event.key, event.shiftKey ? FINE_STEP : STEP);
    if (!event.repeat) isDown ? lift() : putDown();
  }

  function move(key, step) {
    // An arrow the other way does not wait for this one to count no more.
    const isOpposite = (arrow) => ARROWS[arrow].every((part, axis) => part + ARROWS[key][axis] === 0);
    [...held.keys()].filter(isOpposite).forEach((arrow) => held.delete(arrow));
    held.set(key, Infinity);
    const until = performance.now() - LINGER;
    const arrows = [...held].filter(([, released]) => released > until).map(([arrow]) => ARROWS[arrow]);
    const along = (axis) => clamp(arrows.reduce((sum, arrow) => sum + arrow[axis], 0), -1, 1) * step;
    [x, y] = [clamp(x + along(0), 0, side), clamp(y + along(1), 0, side)];
    if (isDown) tell("move", 1);
    show();
  }

  function putDown() {
    if (!canvasBelow()) return;
    isDown = true;
    tell("move", 0);
    tell("down", 1);
    announce(spoken().down);
  }

  function lift() {
    isDown = false;
    tell("up", 0);
    announce(spoken().lifted);
  }

  function leave() {
    if (isDown) lift();
    held.clear();
    mark.hidden = true;
  }

  // For whoever listens to pointers and whoever listens to mice.
  function tell(kind, buttons) {
    const canvas = canvasBelow();
    if (canvas) tellCanvas(canvas, side, [x, y], [`pointer${kind}`, `mouse${kind}`], buttons);
  }

  function show() {
    mark.classList.toggle("down", isDown);
    mark.style.left = `${(100 * x) / side}%`;
    mark.style.top = `${(100 * y) / side}%`;
  }

  function announce(text) {
    show();
    announced.textContent = text;
  }
}
