// Which of the mouse, the pen and the fingers on the canvas draws. A palm often touches first, a second
// finger later: neither may draw, nor spoil what the other draws. It knows nothing of the page.

const SLOP = 3; // canvas pixels that a finger moves before it draws: a palm that rests does not
const SEVERAL_SLOP = 12; // with several fingers down: the first to go that far draws
const PALM = 80; // canvas pixels: no finger tip is that wide
const PEN_STAYS = 2000; // ms after a pen was near in which fingers do not draw
const LONGEST_TAP = 600; // ms: a touch that rests longer is no dot

// `pen` gets begin(point), extend(point), then end() or cancel(). A pointer is
// `{ id, type, point, button, width }`, its type as in a PointerEvent.
function makePointerPen(pen, now = () => performance.now()) {
  const down = new Map(); // id -> { type, points, since, isIdle }
  let drawing; // the id of what draws
  let penSeen = -Infinity;
  return { press, move, lift, drop, abandon, isDown: (id) => down.has(id), isDrawing: () => drawing !== undefined };

  function press({ id, type, point, button, width }) {
    notePen(type);
    if (button) return;
    const isTouch = type === "touch";
    if (drawing !== undefined && mayGiveUp(isTouch)) abandon(!isTouch);
    const isIdle = drawing !== undefined || (isTouch && (width > PALM || now() - penSeen < PEN_STAYS));
    down.set(id, { type, points: [point], since: now(), isIdle });
    if (!isTouch && !isIdle) start(id);
  }

  function move({ id, type, point, width }) {
    notePen(type);
    const pointer = down.get(id);
    if (!pointer || pointer.isIdle) return;
    if (id === drawing) {
      pointer.points.push(point);
      pen.extend(point);
    } else if (width > PALM) pointer.isIdle = true;
    else {
      pointer.points.push(point);
      const slop = down.size > 1 ? SEVERAL_SLOP : SLOP;
      if (extentOf(pointer.points) >= slop) start(id);
    }
  }

  function lift({ id }) {
    const pointer = down.get(id);
    if (!pointer) return;
    down.delete(id);
    if (id === drawing) {
      drawing = undefined;
      pen.end();
    } else if (!pointer.isIdle && !down.size && now() - pointer.since < LONGEST_TAP) {
      pen.begin(pointer.points[0]);
      pen.end();
    }
  }

  // The system has taken it for something else: a palm, a gesture.
  function drop({ id }) {
    if (id === drawing) abandon(true);
    down.delete(id);
  }

  // Gives up the stroke being drawn; what drew it is idle until it is lifted, or may try again.
  function abandon(isOver) {
    if (drawing === undefined) return;
    const pointer = down.get(drawing);
    pointer.isIdle = isOver;
    pointer.points = pointer.points.slice(-1);
    drawing = undefined;
    pen.cancel();
  }

  function start(id) {
    drawing = id;
    for (const [other, pointer] of down) if (other !== id) pointer.isIdle = true;
    const [first, ...others] = down.get(id).points;
    pen.begin(first);
    others.forEach(pen.extend);
  }

  // A pen or a mouse takes over from a finger; a finger from one that has hardly moved.
  function mayGiveUp(isTouch) {
    const { type, points } = down.get(drawing);
    return type === "touch" && (!isTouch || extentOf(points) < SEVERAL_SLOP);
  }

  function notePen(type) {
    if (type === "pen") penSeen = now();
  }
}

// How far points are from the first, at most.
function extentOf([first, ...others]) {
  return Math.max(0, ...others.map((point) => Math.hypot(point[0] - first[0], point[1] - first[1])));
}
