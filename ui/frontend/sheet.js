// A sheet of digits to move in: draws the tiles it has, asks the server for those it lacks.
// Places are counted in digits; `scale` is how many screen pixels a digit has.

const LARGEST = 112; // four screen pixels to a pixel of MNIST
const OPENS_FROM = 20; // smaller digits are zoomed into, not opened
const KEPT_TILES = 300;
const PATIENCE = 60; // ms without a move before asking

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".sheet");
  const sheet = (root.sheet ??= new Sheet(root));
  sheet.ask = (wanted) => setStateValue("wanted", wanted);
  sheet.pick = (place) => setTriggerValue("picked", place);
  sheet.take(data);
  return () => sheet.rest();
}

class Sheet {
  constructor(root) {
    this.canvas = root.querySelector("canvas");
    this.readout = root.querySelector(".readout");
    this.fingers = new Map();
    this.tiles = new Map(); // "level/column/row" -> bitmap and names
    this.view = { x: 0, y: 0, scale: 1 }; // the digit at the left upper corner
    this.cursor = null;
    this.listen(root);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.canvas);
  }

  rest() {
    clearTimeout(this.asking);
  }

  take(data) {
    const isAnother = this.data?.name !== data.name;
    this.data = data;
    if (isAnother) {
      this.tiles.clear();
      this.asked = new Set();
      this.cursor = null;
      this.fit();
    }
    this.canvas.setAttribute("aria-label", data.alternative);
    for (const tile of data.tiles) this.keep(tile);
    this.resize();
    this.say();
  }

  async keep({ at, png, places = [], elements = [], labels = [] }) {
    const key = at.join("/");
    if (this.tiles.has(key)) return;
    const names = new Map(places.map((place, i) => [place, [elements[i], labels[i]]]));
    const tile = { at, names, bitmap: null };
    this.tiles.set(key, tile);
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    tile.bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    this.forget();
    this.draw();
    this.askSoon();
  }

  // The oldest tiles go; the overview stays.
  forget() {
    for (const [key, { at }] of this.tiles) {
      if (this.tiles.size <= KEPT_TILES) return;
      if (at[0] !== this.data.overview) this.tiles.delete(key);
    }
  }

  // --- where we are

  get smallest() {
    const { columns, rows } = this.data;
    return Math.min(this.canvas.clientWidth / columns, this.canvas.clientHeight / rows) || 1;
  }

  fit() {
    this.zoomTo(this.smallest, 0, 0, false);
  }

  resize() {
    const ratio = devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.canvas;
    const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) {
      const wasWhole = !this.fitted || this.view.scale <= this.fitted * 1.001;
      [this.canvas.width, this.canvas.height] = [width, height];
      this.fitted = this.smallest;
      if (wasWhole) this.view = { x: 0, y: 0, scale: this.smallest };
      this.settle();
    }
    this.draw();
  }

  // Keeps the sheet in sight; a sheet smaller than the window lies in its middle.
  settle() {
    const { view, data, canvas } = this;
    view.scale = Math.min(Math.max(view.scale, this.smallest), LARGEST);
    for (const [axis, count, length] of [
      ["x", data.columns, canvas.clientWidth / view.scale],
      ["y", data.rows, canvas.clientHeight / view.scale],
    ]) {
      const spare = count - length;
      view[axis] = spare < 0 ? spare / 2 : Math.min(Math.max(view[axis], 0), spare);
    }
    this.draw();
    this.askSoon();
  }

  move(byX, byY) {
    this.view.x -= byX / this.view.scale;
    this.view.y -= byY / this.view.scale;
    this.settle();
  }

  // What lies at this point of the screen stays there.
  zoomTo(scale, atX, atY, smoothly = true) {
    cancelAnimationFrame(this.animation);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const [from, to] = [this.view.scale, Math.min(Math.max(scale, this.smallest), LARGEST)];
    const start = performance.now();
    const step = (now) => {
      const part = smoothly && !calm ? Math.min(Math.max((now - start) / 180, 0), 1) : 1;
      const next = from * (to / from) ** part;
      const { view } = this;
      view.x += atX / view.scale - atX / next;
      view.y += atY / view.scale - atY / next;
      view.scale = next;
      this.settle();
      if (part < 1) this.animation = requestAnimationFrame(step);
    };
    step(start + (smoothly ? 1 : 180));
  }

  zoomBy(factor, atX = this.canvas.clientWidth / 2, atY = this.canvas.clientHeight / 2, smoothly) {
    this.zoomTo(this.view.scale * factor, atX, atY, smoothly);
  }

  // --- tiles

  level() {
    const { levels } = this.data;
    return levels.findLast((level) => this.view.scale <= level * 1.5) ?? levels[0];
  }

  inSight(level) {
    const { view, data, canvas } = this;
    const perTile = data.tile / level;
    const found = [];
    const last = (from, length, count) => Math.floor(Math.min(from + length, count - 1e-6) / perTile);
    const right = last(view.x, canvas.clientWidth / view.scale, data.columns);
    const below = last(view.y, canvas.clientHeight / view.scale, data.rows);
    for (let row = Math.floor(Math.max(view.y, 0) / perTile); row <= below; row++) {
      for (let column = Math.floor(Math.max(view.x, 0) / perTile); column <= right; column++) {
        found.push([level, column, row]);
      }
    }
    return found;
  }

  askSoon() {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => {
      const level = this.level();
      const missing = [...this.inSight(this.data.overview), ...this.inSight(level)]
        .map((at) => at.join("/"))
        .filter((key, i, all) => !this.tiles.has(key) && all.indexOf(key) === i)
        .slice(0, this.data.most);
      if (!missing.length || !this.ask) return;
      this.ask({
        name: this.data.name,
        tiles: missing.map((key) => key.split("/").map(Number)),
      });
    }, PATIENCE);
  }

  // --- on the screen

  draw() {
    if (this.drawing || !this.data) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = null;
      this.paint();
    });
  }

  paint() {
    const { canvas, view, data } = this;
    const pen = canvas.getContext("2d");
    const ratio = devicePixelRatio || 1;
    const style = getComputedStyle(canvas);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalCompositeOperation = "source-over";
    pen.clearRect(0, 0, canvas.width, canvas.height);
    const level = this.level();
    // The overview first, where nothing finer has come yet.
    for (const one of data.levels.toReversed()) {
      if (one > level) break;
      for (const at of this.inSight(one)) this.put(pen, at, ratio);
    }
    pen.globalCompositeOperation = "source-in";
    pen.fillStyle = style.color;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.globalCompositeOperation = "source-over";
    if (this.cursor) this.frame(pen, ratio, style.accentColor);
    canvas.dataset.scale = view.scale.toFixed(2);
    canvas.dataset.sharp = this.inSight(level).every((at) => this.tiles.get(at.join("/"))?.bitmap);
  }

  put(pen, [level, column, row], ratio) {
    const bitmap = this.tiles.get([level, column, row].join("/"))?.bitmap;
    if (!bitmap) return;
    const { view, data } = this;
    const onScreen = (place, from) => Math.round((place - from) * view.scale * ratio);
    const perTile = data.tile / level;
    const left = onScreen(column * perTile, view.x);
    const top = onScreen(row * perTile, view.y);
    const right = onScreen(column * perTile + bitmap.width / level, view.x);
    const bottom = onScreen(row * perTile + bitmap.height / level, view.y);
    pen.clearRect(left, top, right - left, bottom - top);
    // Pixels stay pixels when they are larger than the screen's.
    pen.imageSmoothingEnabled = view.scale * ratio < level * 1.5;
    pen.imageSmoothingQuality = "medium";
    pen.drawImage(bitmap, left, top, right - left, bottom - top);
  }

  frame(pen, ratio, colour) {
    const { view, cursor } = this;
    const size = Math.max(view.scale, 8) * ratio;
    pen.strokeStyle = colour;
    pen.lineWidth = 2 * ratio;
    pen.strokeRect(
      (cursor.x - view.x) * view.scale * ratio,
      (cursor.y - view.y) * view.scale * ratio,
      size,
      size,
    );
  }

  say() {
    const { cursor, data } = this;
    const place = cursor ? cursor.y * data.columns + cursor.x : -1;
    const [level, perTile] = [this.level(), data.tile / this.level()];
    const key = cursor && [level, Math.floor(cursor.x / perTile), Math.floor(cursor.y / perTile)];
    const named = key && this.tiles.get(key.join("/"))?.names.get(place);
    this.readout.textContent =
      named && this.view.scale >= OPENS_FROM
        ? `Element ${named[0]}, labelled ${named[1]}: click, tap or Enter opens it.`
        : "Wheel, pinch or + and − zoom; drag or arrow keys move. Zoom in until you see single digits.";
  }

  // --- mouse, fingers, keys

  listen(root) {
    const { canvas } = this;
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    canvas.ontransitionend = () => this.draw(); // the theme has another ink
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const lines = event.deltaMode === 1 ? 33 : 1;
        this.zoomBy(Math.exp(-event.deltaY * lines * 0.002), ...at(event), false);
        this.point(...at(event));
      },
      { passive: false },
    );
    canvas.onpointerdown = (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.fingers.set(event.pointerId, at(event));
      this.travelled = this.fingers.size > 1 ? Infinity : 0;
    };
    canvas.onpointermove = (event) => {
      const before = this.fingers.get(event.pointerId);
      if (before) this.drag(event.pointerId, before, at(event));
      else this.point(...at(event));
    };
    canvas.onpointerup = canvas.onpointercancel = (event) => {
      const wasDown = this.fingers.delete(event.pointerId);
      if (wasDown && event.type === "pointerup" && this.travelled < 5) this.press(...at(event));
    };
    canvas.onkeydown = (event) => this.key(event);
    root.querySelector(".in").onclick = () => this.zoomBy(2);
    root.querySelector(".out").onclick = () => this.zoomBy(0.5);
    root.querySelector(".all").onclick = () => this.zoomTo(this.smallest, 0, 0);
  }

  drag(finger, before, now) {
    const [other] = [...this.fingers].filter(([id]) => id !== finger).map(([, place]) => place);
    this.fingers.set(finger, now);
    if (other) {
      const apart = (place) => Math.hypot(place[0] - other[0], place[1] - other[1]) || 1;
      this.zoomBy(apart(now) / apart(before), other[0], other[1], false);
      return;
    }
    this.travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
    this.move(now[0] - before[0], now[1] - before[1]);
  }

  point(x, y) {
    const { view, data } = this;
    const [column, row] = [Math.floor(view.x + x / view.scale), Math.floor(view.y + y / view.scale)];
    const inside = column >= 0 && column < data.columns && row >= 0 && row < data.rows;
    this.cursor = inside ? { x: column, y: row } : null;
    this.say();
    this.draw();
  }

  press(x, y) {
    this.point(x, y);
    this.open(x, y);
  }

  open(x, y) {
    const { cursor, data, view } = this;
    if (view.scale < OPENS_FROM) return this.zoomTo(Math.max(view.scale * 4, 8), x, y);
    const place = cursor ? cursor.y * data.columns + cursor.x : data.count;
    if (place < data.count) this.pick(place);
  }

  key(event) {
    const { canvas, view, data } = this;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const middle = (from, length) => Math.floor(from + length / view.scale / 2);
    const cursor = (this.cursor ??= {
      x: middle(view.x, canvas.clientWidth),
      y: middle(view.y, canvas.clientHeight),
    });
    const centre = () => [(cursor.x + 0.5 - view.x) * view.scale, (cursor.y + 0.5 - view.y) * view.scale];
    if (event.key in moves) {
      const [right, down] = moves[event.key];
      const far = view.scale >= 14 ? 1 : Math.ceil(canvas.clientWidth / view.scale / 20);
      cursor.x = Math.min(Math.max(cursor.x + right * far, 0), data.columns - 1);
      cursor.y = Math.min(Math.max(cursor.y + down * far, 0), data.rows - 1);
      this.follow(...centre());
    } else if (event.key === "+" || event.key === "=") this.zoomBy(2, ...centre());
    else if (event.key === "-") this.zoomBy(0.5, ...centre());
    else if (event.key === "Home" || event.key === "0") this.zoomTo(this.smallest, 0, 0);
    else if (event.key === "Enter") this.open(...centre());
    else return;
    event.preventDefault();
    this.say();
    this.draw();
  }

  // Moves the window so that this point of it stays clear of the edges.
  follow(x, y) {
    const { clientWidth, clientHeight } = this.canvas;
    const edge = Math.min(this.view.scale, clientHeight / 4);
    const over = (at, length) => Math.min(at - edge, 0) + Math.max(at + edge - length, 0);
    this.move(-over(x, clientWidth), -over(y, clientHeight));
  }
}
