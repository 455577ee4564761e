// Mouse, pen and fingers over a canvas: wheel and pinch zoom, dragging moves, a press presses.

const STILL = 5; // screen pixels that a press may tremble

// `on` has what is to happen: zoomBy(factor, x, y), move(byX, byY), point(x, y), press(x, y).
function listenToGestures(canvas, on) {
  const fingers = new Map();
  let travelled = 0;
  const at = (event) => pointerPosition(event, canvas);

  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 33 : 1;
      on.zoomBy(Math.exp(-event.deltaY * lines * 0.002), ...at(event));
      on.point(...at(event));
    },
    { passive: false },
  );
  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
    travelled = fingers.size > 1 ? Infinity : 0;
  };
  canvas.onpointermove = (event) => {
    const before = fingers.get(event.pointerId);
    if (before) drag(event.pointerId, before, at(event));
    else on.point(...at(event));
  };
  canvas.onpointerup = canvas.onpointercancel = (event) => {
    const wasDown = fingers.delete(event.pointerId);
    if (wasDown && event.type === "pointerup" && travelled < STILL) on.press(...at(event));
  };

  function drag(finger, before, now) {
    const [other] = [...fingers].filter(([id]) => id !== finger).map(([, position]) => position);
    const distance = ([x, y], [fromX, fromY]) => Math.hypot(x - fromX, y - fromY);
    fingers.set(finger, now);
    if (other) {
      on.zoomBy((distance(now, other) || 1) / (distance(before, other) || 1), ...other);
      return;
    }
    travelled += distance(now, before);
    on.move(now[0] - before[0], now[1] - before[1]);
  }
}
