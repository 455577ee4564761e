// The hand that draws on the canvas: it hears the pointers before the canvas does, shows the stroke that
// is being drawn, and gives the canvas whole strokes. So a palm's can be dropped, and one that begins
// while the server replaces the canvas is drawn on the next.

const UNSENT = 300; // ms in which the canvas has told the server of a stroke
const NEXT_CANVAS = 3000; // ms until another canvas is there
const ON_ITS_WAY = 60; // ms
const RECENT = 5000; // ms after which no stroke is drawn again
const UNDO = ".st-key-canvas-undo button";

// `paper` holds the canvas and, on it, `sheet`: a canvas of its own for the stroke being drawn.
function makeCanvasHand({ paper, sheet, side, brush, canvasBelow }) {
  const ink = sheet.getContext("2d");
  let stroke; // the points of the stroke being drawn
  let fresh = []; // strokes since something else was pressed, which the server may not know of
  let isWaiting = false; // for the canvas that the server has announced
  let known = {}; // what the server said last
  let [unsentUntil, frame] = [0, 0];
  let isHeard = false; // a stroke begun before this was here is the canvas's own
  const pen = makePointerPen({ begin, extend, end, cancel });
  const listening = new AbortController();
  const listen = (kinds, act, passive = true) =>
    kinds.forEach((kind) => window.addEventListener(kind, act, { capture: true, passive, signal: listening.signal }));
  listen(["pointerdown"], press);
  // Also of a button that nobody has pointed at.
  listen(["click"], (event) => event.composedPath().includes(paper) || leave());
  listen(["pointermove"], (event) => follow(event, pen.move));
  listen(["pointerup"], (event) => follow(event, pen.lift));
  listen(["pointercancel"], (event) => follow(event, pen.drop));
  listen(["mousedown", "mousemove", "mouseup", "touchstart", "touchmove", "touchend", "touchcancel"], keepFromCanvas, false);
  listen(["keydown"], pressKey, false);
  listen(["pagehide", "visibilitychange"], send);
  listen(["popstate"], goBack);
  return { use, stop: () => listening.abort(), isBusy: () => stroke !== undefined || fresh.length > 0 };

  // Pointers ------------------------------------------------------------------------------------------

  // Or where the canvas will be in a moment.
  function isOnCanvas(event) {
    return event.isTrusted && event.composedPath().includes(paper);
  }

  function press(event) {
    if (!isOnCanvas(event)) {
      if (event.isTrusted) leave();
      return;
    }
    isHeard = true;
    event.stopImmediatePropagation();
    pen.press(pointerOf(event));
  }

  function follow(event, act) {
    if (!event.isTrusted) return;
    const isDown = pen.isDown(event.pointerId);
    if (isDown) event.stopImmediatePropagation();
    // A mouse may be released where the page hears nothing of it.
    const isLifted = isDown && event.type === "pointermove" && !event.buttons;
    (isLifted ? pen.lift : act)(pointerOf(event));
  }

  function pointerOf(event) {
    const scale = side / sheet.getBoundingClientRect().width;
    const point = pointerPosition(event, sheet).map((position) => position * scale);
    const width = Math.max(event.width, event.height) * scale;
    return { id: event.pointerId, type: event.pointerType, button: event.button, point, width };
  }

  function keepFromCanvas(event) {
    if (!isHeard || !isOnCanvas(event)) return;
    event.stopImmediatePropagation();
    // No scrolling, no magnifying glass, no mouse made of a finger.
    if (event.type === "touchstart" && event.cancelable) event.preventDefault();
  }

  function pressKey(event) {
    if (!event.isTrusted) return;
    if (!isUndo(event)) {
      // The keyboard's pen draws, too.
      if (!(event.key in ARROWS) && event.key !== " ") leave();
      return;
    }
    event.preventDefault();
    if (stroke) return pen.abandon(true);
    leave();
    document.querySelector(UNDO)?.click();
  }

  // Something else is about to happen, which the drawing so far belongs to.
  function leave() {
    send();
    fresh = [];
  }

  // The stroke being drawn ----------------------------------------------------------------------------

  function begin(point) {
    clear();
    stroke = [point];
    tellPointer("down", point, 1);
    Object.assign(ink, { lineCap: "round", lineJoin: "round", lineWidth: brush() });
    ink.strokeStyle = getComputedStyle(sheet).color;
    trace(point, point, point);
  }

  function extend(point) {
    const [middle, last] = [middleOf(stroke.slice(-2)), stroke.at(-1)];
    stroke.push(point);
    tellPointer("move", point, 1);
    trace(middle, last, middleOf([last, point]));
  }

  function end() {
    const points = stroke;
    stroke = undefined;
    const { revision, mount } = known;
    fresh.push({ points, revision, mount, isWaiting, until: performance.now() + RECENT });
    if (!isWaiting) give(points);
    tellPointer("up", points.at(-1), 0);
    // Once the canvas shows it.
    frame = requestAnimationFrame(clear);
  }

  function cancel() {
    const last = stroke.at(-1);
    stroke = undefined;
    clear();
    tellPointer("cancel", last, 0);
  }

  function clear() {
    cancelAnimationFrame(frame);
    ink.clearRect(0, 0, side, side);
  }

  function trace(from, by, to) {
    ink.beginPath();
    ink.moveTo(...from);
    ink.quadraticCurveTo(...by, ...to);
    ink.stroke();
  }

  function tellPointer(kind, point, buttons) {
    const canvas = canvasBelow();
    if (canvas) tellCanvas(canvas, side, point, [`pointer${kind}`], buttons);
  }

  // The canvas ----------------------------------------------------------------------------------------

  function give(points) {
    const canvas = canvasBelow();
    if (!canvas) return;
    const tell = (kind, point, buttons) => tellCanvas(canvas, side, point, [`mouse${kind}`], buttons);
    tell("down", points[0], 1);
    points.slice(1).forEach((point) => tell("move", point, 1));
    tell("up", points.at(-1), 0);
    unsentUntil = performance.now() + UNSENT;
  }

  // The canvas waits for a while whether another stroke follows. Its own button, which nobody sees, sends
  // the drawing at once. Says whether there was something to send.
  function send() {
    if (performance.now() > unsentUntil) return false;
    unsentUntil = 0;
    canvasBelow()?.closest(".dc-root")?.querySelector(".dc-toolbar button")?.click();
    return true;
  }

  // The page changes at once, before what was sent is on its way.
  function goBack(event) {
    if (!event.isTrusted || !send()) return;
    event.stopImmediatePropagation();
    setTimeout(() => window.dispatchEvent(new PopStateEvent("popstate", { state: event.state })), ON_ITS_WAY);
  }

  // The server has said what is on the canvas. Where that is nothing, strokes begun since are drawn again.
  function use(sent) {
    const before = known;
    known = sent;
    if (before.mount && sent.mount !== before.mount) {
      document.dispatchEvent(new CustomEvent("canvas-replaced"));
      isWaiting = true;
      waitForCanvas(performance.now() + NEXT_CANVAS);
    } else if (sent.revision !== before.revision) afterLoading(drawAgain);
  }

  function waitForCanvas(until) {
    const isThere = canvasBelow()?.getRootNode().host.closest(`.${known.mount}`);
    if (!isThere && performance.now() < until) return requestAnimationFrame(() => waitForCanvas(until));
    afterLoading(() => {
      isWaiting = false;
      drawAgain();
    });
  }

  function drawAgain() {
    const { revision, mount, isEmpty } = known;
    const isLost = (one) => one.isWaiting || one.revision !== revision || one.mount !== mount;
    for (const one of fresh.filter(isLost)) {
      if ((isEmpty || one.isWaiting) && performance.now() < one.until) give(one.points);
      Object.assign(one, { revision, mount, isWaiting: false });
    }
  }

  // It loads within a frame what it starts from.
  function afterLoading(act) {
    requestAnimationFrame(() => requestAnimationFrame(act));
  }
}
