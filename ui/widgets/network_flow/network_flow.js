// The network at work, in one picture: live_reader.js hands it what its worker has read.

const HEIGHTS = { wide: 176, compact: 136 };
const COMPACT = 560; // narrower is a phone
const ANNOUNCE_PAUSE = 700; // ms
const FINGER = 8; // pixels that a finger may be off

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".flow");
  const flow = (root.flow ??= new Flow(root, parentElement.host));
  flow.update(data);
  return whenGone(root, () => clearTimeout(flow.announcing));
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
    this.panel.words = signs = data.words;
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
    this.weights = {};
    this.draw();
    this.request("network-flow-ready", true);
  }

  // The sentences, each under its column and as wide as there is room.
  write() {
    const { columns, width } = this.layout;
    const items = columns.map(({ x }, i) => {
      const { title, sentence, all } = this.data.columns[i];
      const button = element("button", { type: "button", textContent: title, title: all ?? "" });
      button.disabled = !all;
      button.onclick = () => this.openSheet(i);
      const item = element("li", {}, button, element("span", { textContent: sentence }));
      const end = columns[i + 1]?.x ?? width + 8;
      setVariables(item, { x: `${x}px`, width: `${end - x - 6}px` });
      return item;
    });
    this.root.querySelector("ol").replaceChildren(...items);
  }

  // What the worker is to find out: columns are counted from the first layer there.
  request(event, isNew = this.host.wanted?.isNew) {
    const { spot, sheet } = this;
    this.host.wanted = {
      slots: this.layout.columns.slice(1, -1).map(({ slots }) => slots.length),
      spot: spot?.column ? { ...spot, column: spot.column - 1 } : undefined,
      sheet: sheet === undefined ? undefined : sheet - 1,
      isNew, // nothing that was sent before is here
    };
    document.dispatchEvent(new Event(event));
  }

  // --- what has been read

  show(shown) {
    const isNews = shown.image !== this.shown.image;
    this.shown = shown;
    if (shown.columns?.some(({ weights }) => weights)) this.host.wanted.isNew = false;
    shown.columns?.forEach((column, i) => this.keepWeights(column, i));
    if (isNews) this.look(shown);
    else {
      if (this.spot) this.explain();
      this.draw();
    }
    // Somebody has begun to point meanwhile.
    const isOwed = this.sheet === undefined ? this.spot?.column && !this.explained : !shown.sheet;
    if (isNews && shown.image && isOwed) this.request("network-flow-pointed");
    this.describe();
  }

  // Weights are sent once.
  keepWeights(part, name) {
    part.weights = this.weights[name] = part.weights ?? this.weights[name];
  }

  // What is asked for may be another thing by now.
  look({ explained, spot, sheet }) {
    if (sheet) this.keepWeights(sheet, `all of ${sheet.column}`);
    const own = sheet?.column === this.sheet - 1 ? sheet : null;
    const isWanted = spot && this.spot && samePlace({ ...spot, column: spot.column + 1 }, this.spot);
    this.explained = isWanted ? explained : null;
    if (this.sheet !== undefined) this.panel.showSheet(this.data.columns[this.sheet], own);
    else if (this.spot) this.explain();
    this.draw();
  }

  explain() {
    const { spot, panel, data } = this;
    const { image } = this.shown;
    const column = data.columns[spot.column];
    if (!image) panel.say(spot, column, data.words.blank);
    else if (!spot.column) panel.say(spot, column, data.words.ink, image[spot.y * SIDE + spot.x]);
    else panel.explain(spot, data.columns, this.explained, percentageOf(this.shown, spot.map));
    this.announceSoon();
  }

  // To screen readers; and where the server says that it is no digit, or several, so does the flow.
  describe() {
    const { columns, words } = this.data;
    const { isFirst, forced } = this.shown;
    const label = this.data.findings[bestOf(this.shown)] ?? this.data.alternative;
    if (this.canvas.ariaLabel !== label) this.canvas.ariaLabel = label;
    const sentences = [...this.root.querySelectorAll("ol li > span")];
    if (!sentences.length) return;
    setText(sentences[0], isFirst ? words.first : columns[0].sentence);
    setText(sentences.at(-1), forced ? words.forced : columns.at(-1).sentence);
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
    this.root.onkeydown = ({ key }) => key === "Escape" && this.point(null);
  }

  at(x, y, isTouch) {
    const found = hit(this.layout, x, y, isTouch ? FINGER : 1);
    if (!found) return null;
    const { column, slot } = found;
    const { kind, size, pixel, isMap } = this.layout.columns[column];
    const made = kind === "answers" || !column ? null : this.shown.columns?.[column - 1];
    const map = made ? made.maps[slot] : slot;
    if (map === undefined) return null;
    const isLoose = isTouch && isMap && made;
    const { x: across, y: down } = isLoose ? strongestNear(made.values, size, found, FINGER / pixel) : found;
    return { column, map, x: across, y: down };
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
    if (!(event.key in ARROWS)) return;
    const start = middleOf(this.layout.columns[0], 0);
    const spot = this.spot ? this.next(...ARROWS[event.key]) : this.at(...start);
    if (spot) this.point(spot, true);
    event.preventDefault();
  }

  // The next square in a direction: in the same map, or in another column where the way meets it.
  next(right, down) {
    const { spot, layout } = this;
    const place = placeOf(layout.columns[spot.column], Math.max(0, this.slotOf(spot)), spot.x, spot.y, 1);
    let [left, top] = [place.x + place.width / 2, place.y + place.height / 2];
    while (left >= 0 && left <= layout.width && top >= 0 && top <= layout.height) {
      [left, top] = [left + right, top + down];
      const found = this.at(left, top) ?? (right && this.beside(left, top));
      if (found && !samePlace(found, spot)) return found;
    }
    return null;
  }

  // What is nearest in the column that lies here.
  beside(left, top) {
    const column = this.layout.columns.find(({ x, width }) => left >= x && left < x + width);
    if (!column) return null;
    const middles = column.slots.map((_, slot) => middleOf(column, slot));
    const away = ([x, y]) => Math.abs(x - left) + Math.abs(y - top);
    return this.at(...middles.reduce((best, middle) => (away(middle) < away(best) ? middle : best)));
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
      setText(this.root.querySelector(".announced"), this.panel.text());
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
    const isImage = before.kind === "image";
    const slotOf = (map) => (isImage ? 0 : this.slotOf({ column: spot.column - 1, map }));
    const at = (slot) => placeOf(before, slot, look.x, look.y, look.size);
    if (kind === "picture") drawLook(pen, placeOf(before, 0, 0, 0, SIDE), to, FOR);
    else if (kind === "patches" && !isImage) {
      // It looks at the same place in all maps; some of them say most.
      before.slots.forEach((_, slot) => outline(pen, at(slot), FOR, 1));
      patches.forEach(({ map }) => drawLook(pen, at(slotOf(map)), to, FOR));
    } else if (look && before.isMap) drawLook(pen, at(slotOf(spot.map)), to, FOR);
    for (const { map, x, y, product } of inputs ?? []) {
      drawWire(pen, placeOf(before, slotOf(map), x, y, 1), to, product > 0 ? FOR : AGAINST);
    }
  }
}

// A finger cannot point at one value: of those under it the strongest is meant.
function strongestNear(values, [across, down], { slot, x, y }, reach) {
  let [found, most] = [{ x, y }, -1];
  const from = (at) => Math.max(0, Math.ceil(at - reach));
  for (let row = from(y); row <= Math.min(down - 1, y + reach); row++) {
    for (let column = from(x); column <= Math.min(across - 1, x + reach); column++) {
      const value = Math.abs(values[(slot * down + row) * across + column]);
      if (value > most) [found, most] = [{ x: column, y: row }, value];
    }
  }
  return found;
}

function samePlace(one, other) {
  return ["column", "map", "x", "y"].every((part) => one[part] === other[part]);
}
