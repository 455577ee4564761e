// A sheet of digits to move in: draws the tiles it has, asks the server for those it lacks.

const OPENS_FROM = 20; // smaller digits are zoomed into, not opened
const KEPT_TILES = 300;
const REQUEST_DELAY = 60; // ms without a move before asking
const HINT =
  "Wheel, pinch or + and − zoom; drag or arrow keys move. Zoom in until you see single digits.";

// Of all sheets, "name/level/column/row" -> bitmap and digits: a sheet opened again is there at once.
const tiles = new Map();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".sheet");
  const sheet = (root.sheet ??= new Sheet(root));
  sheet.request = (wanted) => setStateValue("wanted", wanted);
  sheet.pick = (position) => setTriggerValue("picked", position);
  sheet.update(data);
  return whenGone(sheet, () => clearTimeout(sheet.requesting));
}

class Sheet {
  constructor(root) {
    this.canvas = root.querySelector("canvas");
    this.readout = root.querySelector(".readout");
    this.cursor = null;
    this.view = new VisiblePart(this.canvas, () => {
      this.drawSoon();
      this.requestSoon();
    });
    this.listen(root);
    new ResizeObserver(() => this.resize()).observe(this.canvas);
  }

  update(data) {
    const isAnother = this.data?.name !== data.name;
    this.data = data;
    if (isAnother) {
      this.cursor = null;
      this.view.open(data);
    }
    this.canvas.ariaLabel = data.alternative;
    for (const tile of data.tiles) this.add(tile);
    this.resize();
    this.updateReadout();
  }

  resize() {
    const { canvas } = this;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((length) =>
      Math.round(length * screenPixels()),
    );
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
      this.view.resized();
    }
    this.drawSoon();
  }

  // --- tiles

  async add({ at, png, positions = [], elements = [], labels = [] }) {
    const key = this.keyOf(at);
    if (tiles.has(key)) return;
    const digits = new Map(positions.map((position, i) => [position, [elements[i], labels[i]]]));
    const tile = { at, digits, bitmap: null };
    tiles.set(key, tile);
    tile.bitmap = await createImageBitmap(new Blob([bytesOf(png)], { type: "image/png" }));
    this.dropOldTiles();
    this.drawSoon();
    this.requestSoon();
  }

  keyOf(at) {
    return [this.data.name, ...at].join("/");
  }

  // The oldest tiles go; the overviews stay.
  dropOldTiles() {
    for (const [key, { at }] of tiles) {
      if (tiles.size <= KEPT_TILES) return;
      if (at[0] > this.data.overview) tiles.delete(key);
    }
  }

  level() {
    const { levels } = this.data;
    return levels.findLast((level) => this.view.scale <= level * 1.5) ?? levels[0];
  }

  tilesInView(level) {
    const { view, data } = this;
    const perTile = data.tile / level;
    const first = (from) => Math.floor(Math.max(from, 0) / perTile);
    const last = (from, length, count) => Math.floor(Math.min(from + length, count - 1e-6) / perTile);
    const right = last(view.x, view.width, data.columns);
    const bottom = last(view.y, view.height, data.rows);
    const found = [];
    for (let row = first(view.y); row <= bottom; row++) {
      for (let column = first(view.x); column <= right; column++) found.push([level, column, row]);
    }
    return found;
  }

  requestSoon() {
    clearTimeout(this.requesting);
    this.requesting = setTimeout(() => {
      const { overview, most, name } = this.data;
      const missing = [...new Set([overview, this.level()])]
        .flatMap((level) => this.tilesInView(level))
        .filter((at) => !tiles.has(this.keyOf(at)))
        .slice(0, most);
      if (missing.length) this.request({ name, tiles: missing });
    }, REQUEST_DELAY);
  }

  // --- drawing

  drawSoon() {
    if (this.drawing || !this.data) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = null;
      this.draw();
    });
  }

  draw() {
    const { canvas, view, data } = this;
    const pen = canvas.getContext("2d");
    const style = getComputedStyle(canvas);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalCompositeOperation = "source-over";
    pen.clearRect(0, 0, canvas.width, canvas.height);
    const level = this.level();
    // The overview first, where nothing finer has come yet.
    for (const coarser of data.levels.toReversed().filter((other) => other <= level)) {
      for (const at of this.tilesInView(coarser)) this.drawTile(pen, at);
    }
    pen.globalCompositeOperation = "source-in";
    pen.fillStyle = style.color;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.globalCompositeOperation = "source-over";
    if (this.cursor) this.drawCursor(pen, style.accentColor);
    canvas.dataset.scale = view.scale.toFixed(2);
    canvas.dataset.sharp = this.tilesInView(level).every((at) => tiles.get(this.keyOf(at))?.bitmap);
  }

  drawTile(pen, [level, column, row]) {
    const bitmap = tiles.get(this.keyOf([level, column, row]))?.bitmap;
    if (!bitmap) return;
    const { view, data } = this;
    const scale = view.scale * screenPixels();
    const onScreen = (position, from) => Math.round((position - from) * scale);
    const perTile = data.tile / level;
    const left = onScreen(column * perTile, view.x);
    const top = onScreen(row * perTile, view.y);
    const width = onScreen(column * perTile + bitmap.width / level, view.x) - left;
    const height = onScreen(row * perTile + bitmap.height / level, view.y) - top;
    pen.clearRect(left, top, width, height);
    // Pixels stay pixels when they are larger than the screen's.
    pen.imageSmoothingEnabled = scale < level * 1.5;
    pen.imageSmoothingQuality = "medium";
    pen.drawImage(bitmap, left, top, width, height);
  }

  drawCursor(pen, colour) {
    const { view, cursor } = this;
    const scale = view.scale * screenPixels();
    const size = Math.max(view.scale, 8) * screenPixels();
    pen.strokeStyle = colour;
    pen.lineWidth = 2 * screenPixels();
    pen.strokeRect((cursor.x - view.x) * scale, (cursor.y - view.y) * scale, size, size);
  }

  updateReadout() {
    const { cursor, data } = this;
    const position = cursor ? cursor.y * data.columns + cursor.x : -1;
    const [level, perTile] = [this.level(), data.tile / this.level()];
    const at = cursor && [level, Math.floor(cursor.x / perTile), Math.floor(cursor.y / perTile)];
    const digit = at && tiles.get(this.keyOf(at))?.digits.get(position);
    this.readout.textContent =
      digit && this.view.scale >= OPENS_FROM
        ? `Element ${digit[0]}, labelled ${digit[1]}: click, tap or press Enter to open it.`
        : HINT;
  }

  // --- what the visitor does

  listen(root) {
    const { canvas, view } = this;
    canvas.ontransitionend = () => this.drawSoon(); // the theme has another ink
    canvas.onkeydown = (event) => this.press(event);
    listenToGestures(canvas, {
      zoomBy: (factor, x, y) => view.zoomBy(factor, x, y, false),
      move: (byX, byY) => view.move(byX, byY),
      point: (x, y) => this.pointAt(x, y),
      press: (x, y) => {
        this.pointAt(x, y);
        this.open(x, y);
      },
    });
    root.querySelector(".in").onclick = () => view.zoomBy(2);
    root.querySelector(".out").onclick = () => view.zoomBy(0.5);
    root.querySelector(".all").onclick = () => view.zoomTo(view.smallest, 0, 0);
  }

  pointAt(x, y) {
    this.cursor = this.view.digitAt(x, y);
    this.updateReadout();
    this.drawSoon();
  }

  open(x, y) {
    const { cursor, data, view } = this;
    if (view.scale < OPENS_FROM) return view.zoomTo(Math.max(view.scale * 4, 8), x, y);
    const position = cursor ? cursor.y * data.columns + cursor.x : data.count;
    if (position < data.count) this.pick(position);
  }

  press(event) {
    const { canvas, view, data } = this;
    const middle = (from, length) => Math.floor(from + length / 2);
    const cursor = (this.cursor ??= { x: middle(view.x, view.width), y: middle(view.y, view.height) });
    const centre = () => [(cursor.x + 0.5 - view.x) * view.scale, (cursor.y + 0.5 - view.y) * view.scale];
    if (event.key in ARROWS) {
      const [right, down] = ARROWS[event.key];
      const step = view.scale >= 14 ? 1 : Math.ceil(canvas.clientWidth / view.scale / 20);
      cursor.x = clamp(cursor.x + right * step, 0, data.columns - 1);
      cursor.y = clamp(cursor.y + down * step, 0, data.rows - 1);
      view.follow(...centre());
    } else if (event.key === "+" || event.key === "=") view.zoomBy(2, ...centre());
    else if (event.key === "-") view.zoomBy(0.5, ...centre());
    else if (event.key === "Home" || event.key === "0") view.zoomTo(view.smallest, 0, 0);
    else if (event.key === "Enter") this.open(...centre());
    else return;
    event.preventDefault();
    this.updateReadout();
    this.drawSoon();
  }
}

// How many of the screen's pixels one of the page's has.
function screenPixels() {
  return devicePixelRatio || 1;
}
