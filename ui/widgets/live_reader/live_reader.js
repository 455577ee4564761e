// @ts-check
// Reads the drawing while the pen is down, and puts that where the server's answer stands.
//
// The elements that show an answer keep on their host: `told`, what the server said last; `show`,
// which shows something; and, when told, they call `keeper` instead, if there is one.

const PAUSE = 1000; // ms between two announcements, and before an answer to another drawing counts
const CALM = 500; // ms between two changes where motion is to be reduced
const PATIENCE = 5000; // until the canvas is there

export default function (/** @type {any} */ { data, parentElement }) {
  const box = parentElement.querySelector(".live");
  box.reader ??= start(box);
  box.reader.use(data);
  return () => box.reader.stop();
}

/** @param {any} box */
function start(box) {
  /** @type {any} */ let settings = {};
  /** @type {Worker | undefined} */ let worker;
  /** @type {any} */ let canvases; // what was drawn before, and where the line is drawn
  /** @type {number[][][]} */ let strokes = []; // the one being drawn is the last
  let pen = "away"; // "down", then "lifted" until the server has answered
  let [ready, busy, again, frame, timer, quiet, pause, latest] = [false, false, false, 0, 0, 0, 0, 0];
  /** @type {Float32Array} */ let seen;
  const [announced, note] = box.children;
  const sheet = document.createElement("canvas");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const ends = new AbortController();
  const listen = (/** @type {string} */ kind, /** @type {any} */ act) =>
    document.addEventListener(kind, guarded(act), { capture: true, passive: true, signal: ends.signal });
  listen("pointerdown", down);
  listen("pointermove", move);
  listen("pointerup", up);
  listen("pointercancel", up);
  listen("keydown", letGo);
  listen("layers-at-work", mark);
  return { use: guarded(use), stop };

  function use(/** @type {any} */ data) {
    const before = settings.weights;
    settings = data;
    if (data.problem) return fail(data.problem);
    places().forEach((place) => (place.keeper = keep));
    if (pen === "away") strokes = host("strokes")?.told?.strokes.map(points) ?? [];
    canvases ??= find();
    setTimeout(guarded(() => (canvases ??= find()) || fail("there is no canvas to read")), PATIENCE);
    if (before === data.weights) return mark();
    worker?.terminate();
    [ready, busy] = [false, false];
    say("loading");
    const address = (/** @type {string} */ path) => new URL(`.${path}`, base()).href;
    worker = new Worker(address(data.worker), { type: "module" });
    worker.onerror = (event) => fail(event.message || "its program could not be fetched");
    worker.onmessage = guarded(receive);
    const modules = data.modules.map(address);
    worker.postMessage({ ...data, modules, weights: address(data.weights) });
  }

  function down(/** @type {PointerEvent} */ event) {
    if (!event.isPrimary) return;
    const upper = event.composedPath().find((element) => isCanvas(element));
    if (!upper || event.button) return letGo();
    canvases = around(upper);
    pen = "down";
    clearTimeout(timer);
    strokes.push([]);
    move(event);
  }

  function move(/** @type {PointerEvent} */ event) {
    if (pen !== "down" || !event.isPrimary) return;
    const box = canvases[1].getBoundingClientRect();
    const scale = settings.side / box.width;
    strokes.at(-1)?.push([(event.clientX - box.left) * scale, (event.clientY - box.top) * scale]);
    mark();
  }

  function up() {
    if (pen !== "down") return;
    pen = "lifted";
    // The canvas moves the line from the upper to the lower one meanwhile.
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => (frame = requestAnimationFrame(guarded(look))));
  }

  // What comes from the server now may be about anything: an older drawing, another network.
  function letGo() {
    if (pen !== "lifted") return;
    pen = "away";
    // Where it comes to what it said before, nothing comes.
    clearTimeout(timer);
    timer = setTimeout(() => pen === "away" && release(), PAUSE);
  }

  function mark() {
    if (busy) {
      again = true;
      return;
    }
    const wait = calm.matches ? latest + CALM - performance.now() : 0;
    if (wait <= 0) frame ||= requestAnimationFrame(guarded(look));
    else {
      clearTimeout(pause);
      pause = setTimeout(mark, wait);
    }
  }

  function look() {
    frame = 0;
    if (!ready || !canvases) return;
    again = busy;
    if (busy) return;
    busy = true;
    const told = host("strokes")?.told;
    const drawn = told ? { strokes, brush: told.brush } : { pixels: pixels(), side: settings.side };
    worker?.postMessage({ ...drawn, layers: !!host("layers") });
  }

  function pixels() {
    const { side } = settings;
    sheet.width = sheet.height = side;
    const context = /** @type {any} */ (sheet.getContext("2d", { willReadFrequently: true }));
    for (const canvas of canvases) context.drawImage(canvas, 0, 0, side, side);
    return context.getImageData(0, 0, side, side).data;
  }

  function receive(/** @type {MessageEvent} */ { data }) {
    if (data.problem) return fail(data.problem);
    busy = false;
    if (data.ready) {
      ready = true;
      say("ready");
      mark();
    } else show(data);
    if (again) mark();
  }

  function show(/** @type {any} */ answer) {
    host("layers")?.show?.(answer.results ?? []);
    if (!answer.seen || pen === "away" || !host("bars")) return;
    [seen, latest] = [answer.seen, performance.now()];
    const words = inWords(answer.chances, settings);
    for (const place of places()) {
      place.keeper = keep;
      place.show?.({ ...place.told, ...words, live: true, label: null, values: seen.map((ink) => 255 * ink) });
    }
    quiet ||= setTimeout(() => {
      quiet = 0;
      if (pen === "down") announced.textContent = `So far: ${words.said}`;
    }, PAUSE);
  }

  // The server has told one of the places something; its strokes come last.
  function keep(/** @type {any} */ place) {
    const told = host("strokes")?.told?.strokes;
    const isLast = place === host(told ? "strokes" : "seen");
    if (pen === "away") {
      if (isLast && told) strokes = told.map(points);
      place.show?.(place.told);
      if (isLast && host("layers")) setTimeout(mark, 50);
    } else if (pen === "lifted" && isLast) {
      clearTimeout(timer);
      if (!told || told.length === strokes.length) release();
      else timer = setTimeout(() => pen === "lifted" && release(), PAUSE);
    }
  }

  function release() {
    pen = "away";
    clearTimeout(timer);
    places().forEach((place) => place.show?.(place.told));
    strokes = host("strokes")?.told.strokes.map(points) ?? strokes;
  }

  function say(/** @type {string} */ state) {
    note.textContent = settings.words?.[state] ?? "";
  }

  function host(/** @type {string} */ name) {
    return /** @type {any} */ (document.querySelector(`.st-key-${settings.places[name]} [data-testid^=stBidi]`));
  }

  function places() {
    return ["answer", "bars", "seen", "strokes"].map(host).filter((place) => place);
  }

  function guarded(/** @type {any} */ act) {
    return (/** @type {any} */ event) => {
      try {
        act(event);
      } catch (error) {
        fail(error);
      }
    };
  }

  function fail(/** @type {any} */ why) {
    console.warn(`The live reader is off: ${why}`);
    stop();
  }

  function stop() {
    ends.abort();
    worker?.terminate();
    worker = undefined;
    ready = false;
    say("off");
    places().forEach((place) => {
      place.keeper = undefined;
      if (pen !== "away") place.show?.(place.told);
    });
  }
}

// The Streamlit app's address: it may not be the root of its server.
function base() {
  const script = /** @type {HTMLScriptElement} */ (document.querySelector("script[type=module][src]"));
  return new URL("../..", script.src);
}

/** @param {any} element */
function isCanvas(element) {
  return element.matches?.("canvas.upper-canvas");
}

function find() {
  const hosts = document.querySelectorAll("[data-testid^=stBidi]");
  const upper = Array.from(hosts, (host) => host.shadowRoot?.querySelector("canvas.upper-canvas"));
  const found = upper.find((canvas) => canvas);
  return found && around(found);
}

// What was drawn before, and the line that is being drawn.
/** @param {any} upper */
function around(upper) {
  return [upper.parentElement.querySelector("canvas.lower-canvas"), upper];
}

// Where the middle of the pen went: along the path that the canvas has made of the points.
/** @param {number[][]} path  of each step the control points, if it is a curve, and the end */
function points(path) {
  return path.flatMap((numbers, step) => {
    const end = numbers.slice(-2);
    if (numbers.length !== 4) return [end];
    const begin = path[step - 1].slice(-2);
    return [end.map((place, axis) => (begin[axis] + 2 * numbers[axis] + place) / 4), end];
  });
}

// As ui/widgets/answer/answer.py and ui/widgets/probability_bars/probability_bars.py have it.
/** @param {Float32Array} chances @param {{ sure: number, worthNaming: number }} settings */
function inWords(chances, { sure, worthNaming }) {
  const order = [...chances.keys()].sort((one, other) => chances[other] - chances[one]);
  const a = (/** @type {number} */ digit) => (digit === 8 ? "an 8" : `a ${digit}`);
  const figures = Array.from(chances, percentage);
  const [first, second, third] = order.map((digit) => `${digit} ${figures[digit]}`);
  const isSure = chances[order[0]] >= sure;
  const runnerUp = chances[order[1]] >= worthNaming ? [`maybe ${a(order[1])}`] : [];
  return {
    chances,
    figures,
    predicted: order[0],
    finding: `The network says ${first}; then ${second}, ${third}.`,
    said: a(order[0]) + (isSure ? "" : "?"),
    sureness: isSure
      ? [`${figures[order[0]]} sure`, ...runnerUp].join(", or ")
      : `not sure: ${[`maybe ${a(order[0])}`, ...runnerUp].join(", ")}`,
  };
}

/** @param {number} chance */
function percentage(chance) {
  const percent = Math.round(100 * chance);
  if (percent === 0 && chance > 0) return "< 1%";
  return percent === 100 && chance < 1 ? "> 99%" : `${percent}%`;
}
