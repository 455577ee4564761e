// The network at work, in one picture: live_reader.js hands it what its worker has read.

const HEIGHTS = { wide: 176, compact: 150 };
const COMPACT = 560; // narrower is a phone
const ANNOUNCE_PAUSE = 700; // ms
const FINGER = 8; // pixels that a finger may be off

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".flow");
  const flow = (root.flow ??= new Flow(root, parentElement.host));
  flow.update(data);
  return () => clearTimeout(flow.announcing);
}

class Flow {
  constructor(root, host) {
    [this.root, this.host] = [root, host];
    this.canvas = root.querySelector("canvas");
    this.shown = {};
    this.spot = null; // what is explained: its column, counted from the image, map, x and y
    this.isPinned = false; // it stays when the pointer leaves
    this.panel = new Panel(root.querySelector(".panel"), {
      close: () => this.point(null),
      openSheet: () => this.openSheet(this.spot.column),
      pick: (map, x, y) => this.point({ column: this.sheet, map, x, y }, true),
    });
    host.show = (shown) => this.show(shown);
    host.look = (found) => this.look(found);
    this.listen();
    root.ontransitionend = () => this.draw(); // the theme has another ink
    new ResizeObserver(() => this.resize()).observe(root);
  }

  update(data) {
    const text = JSON.stringify(data);
    if (text === this.text) return;
    [this.text, this.data, this.shown] = [text, data, {}];
    this.panel.words = data.words;
    this.point(null);
    this.width = 0;
    this.resize();
  }

  resize() {
    const width = this.root.clientWidth;
    if (!width || width === this.width) return;
    this.width = width;
    const isCompact = width < COMPACT;
    this.root.classList.toggle("compact", isCompact);
    const height = isCompact ? HEIGHTS.compact : HEIGHTS.wide;
    this.layout = layOut(this.data.columns, width, height, isCompact);
    fit(this.canvas, this.layout.width, height);
    this.panel.resize(width, isCompact);
    this.write();
    this.weights = [];
    this.isNew = true;
    this.draw();
    this.request("network-flow-ready");
  }

  // The sentences, each under its column and as wide as there is room.
  write() {
    const { columns } = this.layout;
    const items = matchChildren(this.root.querySelector("ol"), columns.length, () =>
      element("li", {}, element("button", { type: "button" }), element("span")),
    );
    items.forEach((item, i) => {
      const { title, sentence, all } = this.data.columns[i];
      const end = columns[i + 1]?.x ?? this.layout.width + 8;
      setVariables(item, { x: `${columns[i].x}px`, width: `${end - columns[i].x - 6}px` });
      const [button, words] = item.children;
      Object.assign(button, { textContent: title, title: all, disabled: !all });
      button.onclick = () => this.openSheet(i);
      words.textContent = sentence;
    });
  }

  // What the worker is to find out: columns are counted from the first layer there.
  request(event) {
    const { spot, sheet } = this;
    this.host.wanted = {
      slots: this.layout.columns.slice(1).map(({ kind, slots }) => (kind === "answers" ? 0 : slots.length)),
      spot: spot?.column ? { ...spot, column: spot.column - 1 } : undefined,
      sheet: sheet === undefined ? undefined : sheet - 1,
      isNew: this.isNew,
    };
    document.dispatchEvent(new Event(event));
  }

  // --- what has been read

  show(shown) {
    this.shown = shown;
    shown.columns?.forEach(({ weights }, i) => {
      if (weights) [this.weights[i], this.isNew] = [weights, false];
      shown.columns[i].weights = this.weights[i];
    });
    this.host.wanted.isNew = this.isNew;
    this.look(shown);
    this.describe();
  }

  // An explanation that is asked for while another is on its way.
  look({ explained, spot, sheet }) {
    const isWanted = spot && this.spot && samePlace({ ...spot, column: spot.column + 1 }, this.spot);
    this.explained = isWanted ? explained : null;
    if (this.sheet !== undefined) this.panel.showSheet(this.data.columns[this.sheet], sheet);
    else if (this.spot) this.explain();
    this.draw();
  }

  explain() {
    const { column, map, x, y } = this.spot;
    const { image, chances } = this.shown;
    if (!column) this.panel.showPixel(this.spot, image?.[y * SIDE + x]);
    else this.panel.explain(this.spot, this.data.columns, this.explained, chances?.[map]);
    this.announceSoon();
  }

  describe() {
    const label = this.data.findings[bestOf(this.shown)] ?? this.data.alternative;
    if (this.canvas.ariaLabel !== label) this.canvas.ariaLabel = label;
  }

  // --- what is pointed at

  listen() {
    const { canvas } = this;
    const at = (event) => this.at(...pointerPosition(event, canvas), event.pointerType === "touch");
    canvas.onpointermove = (event) => {
      if (event.pointerType === "mouse" && !this.isPinned && !event.buttons) this.point(at(event));
    };
    canvas.onpointerleave = () => this.isPinned || this.point(null);
    canvas.onclick = (event) => {
      const spot = at(event);
      const isAgain = this.isPinned && spot && this.spot && samePlace(spot, this.spot);
      this.point(isAgain ? null : spot, true);
    };
    canvas.onkeydown = (event) => this.press(event);
  }

  at(x, y, isTouch) {
    const found = hit(this.layout, x, y, isTouch ? FINGER : 1);
    if (!found) return null;
    const { column, slot } = found;
    const { kind, size, pixel, isMap } = this.layout.columns[column];
    const made = kind === "answers" || !column ? null : this.shown.columns?.[column - 1];
    const map = made ? made.maps[slot] : slot;
    if (map === undefined) return null;
    const place = isTouch && isMap && made ? strongestNear(made.values, slot, size, found, FINGER / pixel) : found;
    return { column, map, x: place.x, y: place.y };
  }

  point(spot, isPinned = false) {
    const { sheet } = this;
    this.sheet = undefined;
    this.isPinned = isPinned && !!spot;
    const isSame = spot && this.spot ? samePlace(spot, this.spot) : spot === this.spot;
    if (!isSame || sheet !== undefined) {
      [this.spot, this.explained] = [spot, null];
      if (!spot) this.panel.hide();
      else if (!spot.column || !this.shown.image) this.explain();
      this.request("network-flow-pointed");
      this.draw();
    }
    if (spot) this.panel.place(this.layout.columns[spot.column], this.layout.width, this.isPinned);
  }

  openSheet(column) {
    [this.spot, this.explained, this.sheet, this.isPinned] = [null, null, column, true];
    this.panel.showSheet(this.data.columns[column], null);
    this.request("network-flow-pointed");
    this.draw();
    this.panel.place(this.layout.columns[column], this.layout.width, true);
  }

  press(event) {
    if (event.key === "Escape") this.point(null);
    else if (event.key in ARROWS) {
      const spot = this.spot ? this.next(...ARROWS[event.key]) : this.at(...middleOf(this.layout.columns[0], 0));
      if (spot) this.point(spot, true);
    } else return;
    event.preventDefault();
  }

  // The next square in a direction: in the same map, or in another column where the way meets it.
  next(right, down) {
    const { column, x, y } = this.spot;
    const { cell, pixel, slots } = this.layout.columns[column];
    const from = slots[this.slotOf(this.spot)] ?? slots[0];
    const isMap = this.layout.columns[column].isMap;
    let [left, top] = isMap ? [from.x + (x + 0.5) * pixel, from.y + (y + 0.5) * pixel] : [from.x + cell[0] / 2, from.y + cell[1] / 2];
    while (left >= 0 && left <= this.layout.width && top >= 0 && top <= this.layout.height) {
      [left, top] = [left + right, top + down];
      const found = this.at(left, top) ?? (right && this.beside(left, top));
      if (found && !samePlace(found, this.spot)) return found;
    }
    return null;
  }

  // What is nearest in the column that lies here.
  beside(left, top) {
    const column = this.layout.columns.find(({ x, width }) => left >= x && left < x + width);
    if (!column) return null;
    const away = (slot) => Math.abs(middleOf(column, slot)[1] - top) + Math.abs(middleOf(column, slot)[0] - left);
    const nearest = column.slots.reduce((best, _, slot) => (away(slot) < away(best) ? slot : best), 0);
    return this.at(...middleOf(column, nearest));
  }

  slotOf({ column, map }) {
    const maps = this.shown.columns?.[column - 1]?.maps;
    return this.layout.columns[column].kind === "answers" || !maps ? map : maps.indexOf(map);
  }

  announceSoon() {
    // Only to those who move by keyboard.
    if (this.announcing || this.root.getRootNode().activeElement !== this.canvas) return;
    this.announcing = setTimeout(() => {
      this.announcing = 0;
      this.root.querySelector(".announced").replaceChildren(element("span", { textContent: this.panel.text() }));
    }, ANNOUNCE_PAUSE);
  }

  draw() {
    if (!this.layout) return;
    const pen = pixelPen(this.canvas);
    pen.clearRect(0, 0, this.layout.width, this.layout.height);
    const style = getComputedStyle(this.root);
    this.layout.columns.forEach((column, i) => {
      if (column.kind === "answers") drawAnswers(pen, column, this.shown, style);
      else drawMaps(pen, column, i ? this.shown.columns?.[i - 1] : { values: this.shown.image, most: 1 });
    });
    if (this.spot) this.drawSpot(pen);
  }

  // The square that is pointed at, and in the column before it what it looks at.
  drawSpot(pen) {
    const { spot, explained, layout } = this;
    const to = placeOf(layout.columns[spot.column], this.slotOf(spot), spot.x, spot.y, 1);
    if (!to) return;
    outline(pen, to, FOR);
    const before = layout.columns[spot.column - 1];
    if (!explained || !before) return;
    const { look, patches, inputs, kind } = explained;
    const slotOf = (map) => (before.kind === "image" ? 0 : this.slotOf({ column: spot.column - 1, map }));
    const place = (map) => placeOf(before, slotOf(map), look.x, look.y, look.size);
    if (kind === "picture") drawLook(pen, placeOf(before, 0, 0, 0, SIDE), to, FOR);
    else if (kind === "patches" && before.kind !== "image") {
      // It looks at the same place in all maps; some of them say most.
      before.slots.forEach((_, slot) => outline(pen, placeOf(before, slot, look.x, look.y, look.size), FOR, 1));
      patches.forEach(({ map }) => drawLook(pen, place(map), to, FOR));
    } else if (look && before.isMap) drawLook(pen, place(spot.map), to, FOR);
    for (const { map, x, y, product } of inputs ?? []) {
      drawWire(pen, placeOf(before, slotOf(map), x, y, 1), to, product > 0 ? FOR : AGAINST);
    }
  }
}

// A finger cannot point at one value: of those under it the strongest is meant.
function strongestNear(values, slot, [across, down], { x, y }, reach) {
  let [found, most] = [{ x, y }, -1];
  for (let row = Math.max(0, Math.ceil(y - reach)); row <= Math.min(down - 1, y + reach); row++) {
    for (let column = Math.max(0, Math.ceil(x - reach)); column <= Math.min(across - 1, x + reach); column++) {
      const value = Math.abs(values[(slot * down + row) * across + column]);
      if (value > most) [found, most] = [{ x: column, y: row }, value];
    }
  }
  return found;
}

function samePlace(one, other) {
  return ["column", "map", "x", "y"].every((part) => one[part] === other[part]);
}
