// A sheet of digits to move in: draws the tiles it has, asks the server for those it lacks.

const OPENS_FROM = 20; // smaller digits are zoomed into, not opened
const KEPT_TILES = 300;
const PATIENCE = 60; // ms without a move before asking
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HINT =
  "Wheel, pinch or + and − zoom; drag or arrow keys move. Zoom in until you see single digits.";

// Of all sheets, "name/level/column/row" -> bitmap and names: who comes back to one sees it at once.
const tiles = new Map();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".sheet");
  const sheet = (root.sheet ??= new Sheet(root));
  sheet.ask = (wanted) => setStateValue("wanted", wanted);
  sheet.pick = (place) => setTriggerValue("picked", place);
  sheet.take(data);
  return () => clearTimeout(sheet.asking);
}

class Sheet {
  constructor(root) {
    this.canvas = root.querySelector("canvas");
    this.readout = root.querySelector(".readout");
    this.cursor = null;
    this.view = new SheetWindow(this.canvas, () => {
      this.draw();
      this.askSoon();
    });
    this.listen(root);
    new ResizeObserver(() => this.resize()).observe(this.canvas);
  }

  take(data) {
    const isAnother = this.data?.name !== data.name;
    this.data = data;
    if (isAnother) {
      this.cursor = null;
      this.view.lookAt(data);
    }
    this.canvas.setAttribute("aria-label", data.alternative);
    for (const tile of data.tiles) this.keep(tile);
    this.resize();
    this.say();
  }

  resize() {
    const ratio = devicePixelRatio || 1;
    const { canvas } = this;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((length) =>
      Math.round(length * ratio),
    );
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
      this.view.resized();
    }
    this.draw();
  }

  // --- tiles

  async keep({ at, png, places = [], elements = [], labels = [] }) {
    const key = this.named(at);
    if (tiles.has(key)) return;
    const names = new Map(places.map((place, i) => [place, [elements[i], labels[i]]]));
    const tile = { at, names, bitmap: null };
    tiles.set(key, tile);
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    tile.bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    this.forget();
    this.draw();
    this.askSoon();
  }

  named(at) {
    return [this.data.name, ...at].join("/");
  }

  // The oldest tiles go; the overviews stay.
  forget() {
    for (const [key, { at }] of tiles) {
      if (tiles.size <= KEPT_TILES) return;
      if (at[0] > this.data.overview) tiles.delete(key);
    }
  }

  level() {
    const { levels } = this.data;
    return levels.findLast((level) => this.view.scale <= level * 1.5) ?? levels[0];
  }

  inSight(level) {
    const { view, data } = this;
    const perTile = data.tile / level;
    const found = [];
    const last = (from, length, count) => Math.floor(Math.min(from + length, count - 1e-6) / perTile);
    const right = last(view.x, view.across, data.columns);
    const below = last(view.y, view.down, data.rows);
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
      const { overview, most, name } = this.data;
      const missing = [...new Set([overview, this.level()])]
        .flatMap((level) => this.inSight(level))
        .filter((at) => !tiles.has(this.named(at)))
        .slice(0, most);
      if (missing.length) this.ask({ name, tiles: missing });
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
    canvas.dataset.sharp = this.inSight(level).every((at) => tiles.get(this.named(at))?.bitmap);
  }

  put(pen, [level, column, row], ratio) {
    const bitmap = tiles.get(this.named([level, column, row]))?.bitmap;
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
    const onScreen = (place, from) => (place - from) * view.scale * ratio;
    pen.strokeStyle = colour;
    pen.lineWidth = 2 * ratio;
    pen.strokeRect(onScreen(cursor.x, view.x), onScreen(cursor.y, view.y), size, size);
  }

  say() {
    const { cursor, data } = this;
    const place = cursor ? cursor.y * data.columns + cursor.x : -1;
    const [level, perTile] = [this.level(), data.tile / this.level()];
    const key = cursor && [level, Math.floor(cursor.x / perTile), Math.floor(cursor.y / perTile)];
    const named = key && tiles.get(this.named(key))?.names.get(place);
    this.readout.textContent =
      named && this.view.scale >= OPENS_FROM
        ? `Element ${named[0]}, labelled ${named[1]}: click, tap or Enter opens it.`
        : HINT;
  }

  // --- what the visitor does

  listen(root) {
    const { canvas, view } = this;
    canvas.ontransitionend = () => this.draw(); // the theme has another ink
    canvas.onkeydown = (event) => this.key(event);
    listenToGestures(canvas, {
      zoomBy: (factor, x, y) => view.zoomBy(factor, x, y, false),
      move: (byX, byY) => view.move(byX, byY),
      point: (x, y) => this.point(x, y),
      press: (x, y) => {
        this.point(x, y);
        this.open(x, y);
      },
    });
    root.querySelector(".in").onclick = () => view.zoomBy(2);
    root.querySelector(".out").onclick = () => view.zoomBy(0.5);
    root.querySelector(".all").onclick = () => view.zoomTo(view.smallest, 0, 0);
  }

  point(x, y) {
    this.cursor = this.view.digitAt(x, y);
    this.say();
    this.draw();
  }

  open(x, y) {
    const { cursor, data, view } = this;
    if (view.scale < OPENS_FROM) return view.zoomTo(Math.max(view.scale * 4, 8), x, y);
    const place = cursor ? cursor.y * data.columns + cursor.x : data.count;
    if (place < data.count) this.pick(place);
  }

  key(event) {
    const { canvas, view, data } = this;
    const middle = (from, length) => Math.floor(from + length / 2);
    const cursor = (this.cursor ??= { x: middle(view.x, view.across), y: middle(view.y, view.down) });
    const centre = () => [(cursor.x + 0.5 - view.x) * view.scale, (cursor.y + 0.5 - view.y) * view.scale];
    if (event.key in MOVES) {
      const [right, down] = MOVES[event.key];
      const far = view.scale >= 14 ? 1 : Math.ceil(canvas.clientWidth / view.scale / 20);
      cursor.x = Math.min(Math.max(cursor.x + right * far, 0), data.columns - 1);
      cursor.y = Math.min(Math.max(cursor.y + down * far, 0), data.rows - 1);
      view.follow(...centre());
    } else if (event.key === "+" || event.key === "=") view.zoomBy(2, ...centre());
    else if (event.key === "-") view.zoomBy(0.5, ...centre());
    else if (event.key === "Home" || event.key === "0") view.zoomTo(view.smallest, 0, 0);
    else if (event.key === "Enter") this.open(...centre());
    else return;
    event.preventDefault();
    this.say();
    this.draw();
  }
}
