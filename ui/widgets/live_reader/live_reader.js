// Reads the drawing while the pen is down, and shows its answer in place of the server's.
//
// It hears of the pen from canvas_hand.js, by the events of one pointer.
//
// The elements that show an answer do so through `showServerData` (elements.js): their host keeps
// `serverData`, what the server sent last, and `show(data)`; if it has `onServerData(host)`, that is
// called instead of showing what arrives.

const PAUSE = 1000; // ms between two announcements, and before an answer to another drawing counts
const CALM_PAUSE = 500; // ms between two changes where motion is to be reduced
const FLOW_PAUSE = 50; // ms before the layers of the server's drawing are worked out
const PATIENCE = 5000; // ms until the canvas is there

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".live");
  root.reader ??= start(root);
  root.reader.use(data);
  return whenGone(root, () => root.reader.stop());
}

function start(root) {
  let settings = {};
  let worker;
  let canvas; // the layer that gets the pen
  let strokes = []; // of points; the one being drawn is the last
  let isNative = false; // the pointers of the stroke being drawn come from the browser itself
  let pen = "away"; // "ghost"; "down", then "lifted" until the server has answered
  let readLast = {}; // by the worker: the image, the layers, the chances
  let [isReady, isBusy, isStale] = [false, false, false]; // of the worker and its last answer
  let noteShown = "off"; // of the notes in `words`
  let isOwn = false; // what is shown is the browser's answer, not the server's
  let [frame, answerTimer, announceTimer, calmTimer, shownAt] = [0, 0, 0, 0, 0];
  const [announced, note] = root.children;
  const listening = new AbortController();
  const options = { capture: true, passive: true, signal: listening.signal };
  const listen = (kind, act) => document.addEventListener(kind, guarded(act), options);
  listen("pointerdown", pressPen);
  listen("pointermove", movePen);
  listen("pointerup", liftPen);
  listen("pointercancel", liftPen);
  listen("keydown", leaveCanvas);
  listen("network-flow-ready", readSoon);
  listen("network-flow-pointed", pointSoon);
  listen("ghost-strokes", followGhost);
  listen("canvas-replaced", () => pen !== "away" && pen !== "down" && showServerAnswer());
  return { use: guarded(use), stop };

  function use(data) {
    delete document.body.dataset.liveReader;
    const before = settings.weights;
    settings = data;
    setNote(noteShown);
    if (data.problem) return fail(data.problem);
    answerHosts().forEach((host) => (host.onServerData = receiveFromServer));
    if (pen === "away") strokes = serverStrokes() ?? [];
    canvas ??= findCanvas();
    const findAgain = () => (canvas ??= findCanvas()) || fail("there is no canvas to read");
    setTimeout(guarded(findAgain), PATIENCE);
    if (before === data.weights) return readSoon();
    worker?.terminate();
    [isReady, isBusy] = [false, false];
    setNote("loading");
    worker = new Worker(appAddress(data.worker), { type: "module" });
    worker.onerror = (event) => fail(event.message || "its program could not be fetched");
    worker.onmessage = guarded(receiveFromWorker);
    const [modules, weights] = [data.modules.map(appAddress), appAddress(data.weights)];
    worker.postMessage({ ...data, modules, weights });
  }

  function pressPen(event) {
    if (!event.isPrimary) return;
    const upper = event.composedPath().find((part) => part.matches?.("canvas.upper-canvas"));
    if (!upper || event.button) return leaveCanvas();
    canvas = upper;
    isNative = event.isTrusted;
    if (pen === "ghost") strokes = serverStrokes() ?? [];
    pen = "down";
    // What the server said of the drawing before is not about this one.
    document.body.dataset.liveReader = "reading";
    clearTimeout(answerTimer);
    strokes.push([]);
    movePen(event);
  }

  function movePen(event) {
    if (pen !== "down" || !isOfStroke(event)) return;
    const scale = settings.side / canvas.getBoundingClientRect().width;
    strokes.at(-1).push(pointerPosition(event, canvas).map((position) => position * scale));
    readSoon();
  }

  function isOfStroke(event) {
    return event.isPrimary && event.isTrusted === isNative;
  }

  function liftPen(event) {
    if (pen !== "down" || !isOfStroke(event)) return;
    pen = "lifted";
    if (event.type === "pointercancel") {
      // It was a palm.
      strokes.pop();
      showServerAnswer();
      return readSoon();
    }
    readSoon();
  }

  // A pen that writes by itself while the visitor does nothing (ghost_pen.js): its strokes so far, or
  // null when it is gone. It wants to know whether somebody reads.
  function followGhost({ detail }) {
    detail.isRead = isReady && (pen === "away" || pen === "ghost");
    if (detail.strokes?.length && detail.isRead) {
      [pen, strokes] = ["ghost", detail.strokes];
      readSoon();
    } else if (!detail.strokes && pen === "ghost") {
      showServerAnswer();
      readSoon();
    }
  }

  // What comes from the server now may be about anything: an older drawing, another network.
  function leaveCanvas() {
    if (pen !== "lifted") return;
    pen = "away";
    // An answer that is the same as before does not arrive.
    clearTimeout(answerTimer);
    answerTimer = setTimeout(() => pen === "away" && showServerAnswer(), PAUSE);
  }

  function readSoon() {
    if (isBusy) {
      isStale = true;
      return;
    }
    const wait = prefersReducedMotion() ? shownAt + CALM_PAUSE - performance.now() : 0;
    if (wait <= 0) frame ||= requestAnimationFrame(guarded(read));
    else {
      clearTimeout(calmTimer);
      calmTimer = setTimeout(readSoon, wait);
    }
  }

  function read() {
    frame = 0;
    const { brush, first } = hostOf("strokes")?.serverData ?? {};
    if (!isReady || !brush) return;
    isStale = isBusy;
    if (isBusy) return;
    isBusy = true;
    // While a digit grows, all of it counts.
    const isFirst = first?.length && (pen === "away" || !hostOf("bars"));
    const lines = cutAtEdge(isFirst ? first : strokes, brush, settings.side);
    worker?.postMessage({ strokes: lines, brush, wanted: hostOf("flow")?.wanted });
  }

  // Somebody points at the flow: what was read last is looked at again.
  function pointSoon() {
    if (isReady) worker?.postMessage({ isRead: true, wanted: hostOf("flow").wanted });
  }

  function receiveFromWorker({ data }) {
    if (data.problem) return fail(data.problem);
    if (data.isRead) return hostOf("flow")?.look?.(data);
    isBusy = false;
    if (data.ready) {
      isReady = true;
      setNote("ready");
      readSoon();
    } else showOwnAnswer(data);
    if (isStale) readSoon();
  }

  function showOwnAnswer({ image, chances, ...flow }) {
    showFlow({ image, chances, ...flow });
    if (pen === "away" || !hostOf("bars")) return;
    // Too little to be read: what was read before it is gone.
    if (!image) return isOwn && showServerData();
    [isOwn, shownAt] = [true, performance.now()];
    const values = image.map((ink) => 255 * ink);
    const answer = { ...inWords(chances, settings), live: true, label: null, values };
    for (const host of answerHosts()) {
      host.onServerData = receiveFromServer;
      host.show?.({ ...host.serverData, ...answer });
    }
    announceTimer ||= setTimeout(() => {
      announceTimer = 0;
      if (pen === "down") announced.textContent = filled(settings.words.so_far, answer);
    }, PAUSE);
  }

  // Where the server has had the last word, the flow ends in its answer. Of several digits side by side
  // it shows the first.
  function showFlow(shown) {
    readLast = shown;
    const isFirst = !hostOf("bars");
    const said = hostOf(isFirst ? "first" : "bars")?.serverData;
    if (!said) shown = {};
    else if ((pen === "away" || isFirst) && shown.image) {
      const { chances, percentages, predicted, forced } = said;
      shown = { ...shown, chances, percentages, forced, isFirst, predicted: forced ? null : predicted };
    }
    hostOf("flow")?.show?.(shown);
  }

  // The server has sent data to one of the hosts; the strokes come last.
  function receiveFromServer(host) {
    // This one's, where an older element is still there for a moment.
    const isStrokes = hostsOf("strokes").includes(host);
    const sent = isStrokes ? host.serverData.strokes.map(pointsOf) : serverStrokes();
    const isLast = sent ? isStrokes : host === hostOf("seen");
    if (pen === "away") {
      if (isLast && sent) strokes = sent;
      host.show?.(host.serverData);
      if (isLast && hostOf("flow")) setTimeout(readSoon, FLOW_PAUSE);
    } else if (pen === "lifted" && isLast) {
      clearTimeout(answerTimer);
      if (!sent || sent.length === strokes.length) showServerAnswer();
      else answerTimer = setTimeout(() => pen === "lifted" && showServerAnswer(), PAUSE);
    }
  }

  function showServerAnswer() {
    pen = "away";
    delete document.body.dataset.liveReader;
    clearTimeout(answerTimer);
    showServerData();
    // Elements that are no longer there take a moment to go.
    showFlow(readLast);
    setTimeout(() => pen === "away" && showFlow(readLast), FLOW_PAUSE);
    strokes = serverStrokes() ?? strokes;
    // Of several digits only the first is looked at.
    if (hostOf("strokes")?.serverData?.first?.length) readSoon();
  }

  function showServerData() {
    isOwn = false;
    answerHosts().forEach((host) => host.show?.(host.serverData));
  }

  function serverStrokes() {
    return hostOf("strokes")?.serverData?.strokes.map(pointsOf);
  }

  function hostsOf(name) {
    return [...document.querySelectorAll(`.st-key-${settings.keys[name]} [data-testid^=stBidi]`)];
  }

  function hostOf(name) {
    return hostsOf(name)[0];
  }

  // Where parts of the page move there are two of one for a moment, and either may be the one that stays.
  function answerHosts() {
    return ["answer", "bars", "seen", "strokes"].flatMap(hostsOf);
  }

  function setNote(state) {
    noteShown = state;
    note.textContent = settings.words?.[state] ?? "";
  }

  function guarded(act) {
    return (event) => {
      try {
        act(event);
      } catch (error) {
        fail(error);
      }
    };
  }

  function fail(reason) {
    console.warn(`The live reader is off: ${reason}`);
    document.body.dataset.liveReader = "off";
    stop();
  }

  function stop() {
    if (document.body.dataset.liveReader === "reading") delete document.body.dataset.liveReader;
    listening.abort();
    worker?.terminate();
    worker = undefined;
    isReady = false;
    setNote("off");
    answerHosts().forEach((host) => {
      host.onServerData = undefined;
      if (pen !== "away") host.show?.(host.serverData);
    });
  }
}

function findCanvas() {
  const hosts = document.querySelectorAll("[data-testid^=stBidi]");
  const upper = Array.from(hosts, (host) => host.shadowRoot?.querySelector("canvas.upper-canvas"));
  return upper.find((canvas) => canvas);
}

// Where the middle of the pen went: along the path that the canvas has made of the points. Each step
// of the path has the control points, if it is a curve, and its end.
function pointsOf(path) {
  return path.flatMap((numbers, step) => {
    const end = numbers.slice(-2);
    if (numbers.length !== 4) return [end];
    const begin = path[step - 1].slice(-2);
    return [end.map((position, axis) => (begin[axis] + 2 * numbers[axis] + position) / 4), end];
  });
}

// As ui/widgets/answer/answer.py and ui/widgets/probability_bars/probability_bars.py have it.
function inWords(chances, { sure, worthNaming, words }) {
  const order = [...chances.keys()].sort((one, other) => chances[other] - chances[one]);
  const percentages = Array.from(chances, (chance) => percentage(chance, words.percent));
  const [first, second, third] = order.map((digit) => `${digit} ${percentages[digit]}`);
  const [reading, other] = order.map((digit) => words.digits[digit]);
  const isSure = chances[order[0]] >= sure;
  const kind = (isSure ? "sure" : "unsure") + (chances[order[1]] >= worthNaming ? "_or" : "");
  return {
    chances,
    percentages,
    predicted: order[0],
    finding: filled(words.finding, { first, second, third }),
    // Whether it is a digit at all is for the server to say.
    forced: false,
    title: "",
    reading: words.large[order[0]] + (isSure ? "" : "?"),
    certainty: filled(words[kind], { percent: percentages[order[0]], reading, other }),
    isSeveral: false,
  };
}
