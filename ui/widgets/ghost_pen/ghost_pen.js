// Whoever does nothing sees a pen write digits by itself, and the network read them: once a visit,
// until the canvas is touched. Its strokes go to live_reader.js with the event `ghost-strokes`.

const PATIENCE = 4000; // ms without a sign of the visitor
const RETRY = 400; // ms until another look whether there is a reader
const SPEED = 260; // canvas pixels a second
const HOLD = 1600; // ms for which a finished digit stays
const FADE = 400; // ms
const MOST_DIGITS = 18; // then it rests: nobody is there
const SEEN = "digit-lab/ghost-pen";
const PICTURE = `<svg class="ghost" viewBox="0 0 320 320" aria-hidden="true" hidden><polyline/><circle r="9"/></svg>`;

function makeGhostPen({ overlay, digits, brush, isFree }) {
  overlay.insertAdjacentHTML("afterbegin", PICTURE);
  const picture = overlay.firstElementChild;
  const [line, tip] = picture.children;
  let [timer, frame, position, begin, written] = [0, 0, 0, 0, 0];
  let isWriting = false;
  let isOver = prefersReducedMotion() || !digits().length || wasSeen();
  const listening = new AbortController();
  const options = { capture: true, passive: true, signal: listening.signal };
  const signs = ["pointerdown", "touchmove", "keydown", "wheel"];
  signs.forEach((kind) => document.addEventListener(kind, () => isWriting || waitAgain(), options));
  waitAgain();
  return { stop };

  function waitAgain() {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(start, PATIENCE);
  }

  function start() {
    const { top, bottom } = overlay.getBoundingClientRect();
    const isInSight = !document.hidden && bottom > 0 && top < innerHeight;
    // Without somebody who reads, it would be a pen that writes for nobody.
    if (!isFree() || !isInSight || !send([])) {
      timer = setTimeout(start, RETRY);
      return;
    }
    isWriting = true;
    remember();
    overlay.classList.add("ghostly");
    nextDigit();
  }

  function nextDigit() {
    if (written >= MOST_DIGITS) return stop();
    begin = performance.now();
    picture.classList.remove("fading");
    picture.removeAttribute("hidden");
    line.style.strokeWidth = brush();
    frame = requestAnimationFrame(write);
  }

  function write(now) {
    const { stroke } = digits()[position];
    const part = beginningOf(stroke, ((now - begin) * SPEED) / 1000);
    line.setAttribute("points", part.join(" "));
    const [x, y] = part.at(-1);
    tip.setAttribute("transform", `translate(${x} ${y})`);
    send([part]);
    if (part.length < stroke.length) frame = requestAnimationFrame(write);
    else timer = setTimeout(fade, HOLD);
  }

  function fade() {
    picture.classList.add("fading");
    position = (position + 1) % digits().length;
    written += 1;
    timer = setTimeout(nextDigit, FADE);
  }

  // For good: somebody draws.
  function stop() {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    listening.abort();
    if (isWriting) send(null);
    isWriting = false;
    isOver = true;
    picture.setAttribute("hidden", "");
    overlay.classList.remove("ghostly");
  }

  // Whether there is somebody who reads it.
  function send(strokes) {
    const detail = { strokes, brush: brush() };
    document.dispatchEvent(new CustomEvent("ghost-strokes", { detail }));
    return detail.isRead === true;
  }
}

// The points that a pen has passed after so many pixels, with the place where it is.
function beginningOf(stroke, length) {
  const passed = [stroke[0]];
  for (let next = 1; next < stroke.length; next++) {
    const [[x, y], [toX, toY]] = [stroke[next - 1], stroke[next]];
    const step = Math.hypot(toX - x, toY - y);
    if (step > length) {
      const share = length / step;
      return [...passed, [x + share * (toX - x), y + share * (toY - y)]];
    }
    passed.push(stroke[next]);
    length -= step;
  }
  return passed;
}

// A browser may refuse to keep anything.
function wasSeen() {
  try {
    return sessionStorage.getItem(SEEN) !== null;
  } catch {
    return true;
  }
}

function remember() {
  try {
    sessionStorage.setItem(SEEN, "seen");
  } catch {
    // It comes again.
  }
}
