// The small panel under the flow: how the value that is pointed at comes about, in figures; or all
// maps of a layer.

const GAP = 26; // for × and =

class Panel {
  constructor(root, { close, openSheet, pick }) {
    this.root = root;
    const find = (name) => root.querySelector(name);
    [this.title, this.canvas, this.chain] = [".title", "canvas", "dl"].map(find);
    [this.all, this.close] = [".all", ".close"].map(find);
    this.lists = root.querySelectorAll("ul");
    [this.close.onclick, this.all.onclick] = [close, openSheet];
    this.pick = pick;
    this.canvas.onclick = (event) => {
      const found = this.grid && hit({ columns: [this.grid] }, ...pointerPosition(event, this.canvas), 2);
      if (found) pick(found.slot, found.x, found.y);
    };
    this.canvas.parentElement.onkeydown = (event) => this.press(event);
  }

  // In a sheet of all maps the arrow keys move between them.
  press(event) {
    const { grid } = this;
    if (!grid) return;
    if (event.key in ARROWS) {
      const [right, down] = ARROWS[event.key];
      this.slot = clamp((this.slot ?? 0) + right + down * grid.across, 0, grid.count - 1);
      this.#drawSheet();
    } else if (event.key === "Enter") {
      const [x, y] = grid.size.map((extent) => (grid.isMap ? extent >> 1 : 0));
      this.pick(this.slot ?? 0, x, y);
    } else return;
    event.preventDefault();
  }

  resize(width, isCompact) {
    [this.width, this.isCompact, this.size] = [Math.min(width, 640) - 24, isCompact, ""];
  }

  hide() {
    this.root.hidden = true;
  }

  // Under the column that it is about; in reach if it is to stay.
  place({ x, width }, all, isPinned) {
    const isLeft = x + width / 2 < all / 2;
    const [left, right] = this.isCompact ? [0, 0] : [x, all - x - width];
    setVariables(this.root, {
      left: isLeft || this.isCompact ? `${Math.min(left, all / 4)}px` : "auto",
      right: !isLeft || this.isCompact ? `${Math.min(right, all / 4)}px` : "auto",
    });
    this.root.classList.toggle("hovering", !isPinned);
    if (!isPinned) return;
    this.root.scrollIntoView({ block: "nearest", behavior: prefersReducedMotion() ? "auto" : "smooth" });
  }

  // In words, with the strongest input for it and against it.
  text() {
    const lists = this.root.querySelectorAll(".inputs div:not([hidden])");
    const parts = Array.from(lists, ({ firstChild: title, lastChild: list }) => {
      return `${title.textContent}: ${list.firstChild.innerText}`;
    });
    const figures = [...this.chain.children].map((part) => part.innerText);
    return [this.title.textContent, ...parts, ...figures].join(", ").replace(/\s+/g, " ");
  }

  #open(title, all) {
    this.root.hidden = false;
    this.grid = null;
    this.canvas.ariaLabel = title;
    setText(this.title, title);
    this.all.hidden = !all;
    setText(this.all, all ?? "");
    setText(this.close, this.words.close);
  }

  #blank(width, height) {
    const size = `${width} ${height}`;
    if (size !== this.size) fit(this.canvas, width, height);
    this.size = size;
    this.canvas.parentElement.hidden = !height;
    const pen = pixelPen(this.canvas);
    pen.clearRect(0, 0, width, height);
    return pen;
  }

  #list(inputs, nameOf) {
    this.lists.forEach((list, number) => {
      const own = inputs.filter(({ product }) => product > 0 === !number);
      list.parentElement.hidden = !own.length;
      setText(list.previousSibling, number ? this.words.minus : this.words.plus);
      const make = () => element("li", {}, element("span"), element("b"));
      matchChildren(list, own.length, make).forEach(({ children: [name, sum] }, i) => {
        const { value, weight, product } = own[i];
        setText(name, nameOf(own[i]));
        sum.textContent = `${figure(value)} × ${figure(weight)} = ${figure(product)}`;
      });
    });
  }

  #figures(parts) {
    const make = () => element("div", {}, element("dt"), element("dd"));
    matchChildren(this.chain, parts.length, make).forEach(({ children: [name, number] }, i) => {
      setText(name, parts[i][0]);
      number.textContent = parts[i][1];
    });
  }

  // A word about the spot where there is nothing to be worked out.
  say(spot, column, name, number) {
    this.#open(`${column.title}, ${this.nameOf(column, spot)}`, column.all);
    this.root.classList.remove("waiting");
    this.#blank(0, 0);
    this.#list([]);
    this.#figures([[name, number === undefined ? "" : figure(number)]]);
  }

  #place({ x, y }) {
    return `${this.words.row} ${y + 1}, ${this.words.column} ${x + 1}`;
  }

  nameOf({ shape, kind }, { map, x, y }) {
    if (kind === "answers") return `${this.words.answer} ${map}`;
    if (kind === "image") return this.#place({ x, y });
    if (shape.length === 1) return `${this.words.neuron} ${map + 1}`;
    return `${this.words.map} ${map + 1}, ${this.#place({ x, y })}`;
  }

  /**
   * @param spot  what is pointed at
   * @param columns  of the flow
   * @param explained  see explanation.js; null as long as it is not known
   * @param {string} chance  in per cent, if it is one of the answers
   */
  explain(spot, columns, explained, chance) {
    const column = columns[spot.column];
    this.#open(`${column.title}, ${this.nameOf(column, spot)}`, column.all);
    this.root.classList.toggle("waiting", !explained);
    if (!explained) return;
    const { kind, inputs = [], chain } = explained;
    const before = columns[spot.column - 1];
    this.#list(inputs, (input) => this.nameOf(before, input));
    const parts = [];
    const add = (name, number) => parts.push([this.words[name] ?? name, figure(number)]);
    if (kind === "patches") this.#drawPatches(explained, before, add);
    else if (kind === "pool") this.#drawPool(explained);
    else if (kind === "picture") this.#drawPicture(explained, add);
    else this.#blank(0, 0);
    if (explained.others && kind === "inputs") add("others", explained.rest);
    const first = { pool: explained.isMax ? "largest" : "mean", scale: "value" }[kind] ?? "sum";
    chain.forEach(({ name, amount, total }, i) => {
      const isChance = column.kind === "answers" && name === "softmax";
      if (isChance) parts.push([this.words.chance, chance]);
      else add(i ? name : first, amount ?? total);
      // After what is added, what it makes.
      if (i && amount !== null && chain[i + 1]?.name !== "shift") parts.push(["=", figure(total)]);
    });
    this.#figures(parts);
  }

  // What is looked at × the weights = the products, for the maps that say most.
  #drawPatches({ patches, others, rest, sum, look: { size } }, before, add) {
    const shown = patches.slice(0, this.isCompact ? 1 : 2);
    const cell = Math.min(36, Math.floor((this.width - 2 * GAP) / 3 / size));
    const [side, tall] = [cell * size, Math.min(20, cell) * size];
    const pen = this.#blank(3 * side + 2 * GAP, shown.length * (tall + 6));
    shown.forEach(({ values, weights }, number) => {
      const products = values.map((value, i) => value * weights[i]);
      [values, weights, products].forEach((numbers, i) => {
        const at = { x: i * (side + GAP), y: number * (tall + 6), cell: [cell, tall / size], size };
        drawFigures(pen, numbers, at, i ? weightOf : lightOf);
      });
      drawSigns(pen, this.root, side, number * (tall + 6) + tall / 2);
    });
    const hidden = patches.slice(shown.length);
    if (others + hidden.length === 0) return;
    shown.forEach((patch) => add(`${this.words.map} ${patch.map + 1}`, patch.sum));
    add("otherMaps", rest + hidden.reduce((total, patch) => total + patch.sum, 0));
  }

  #drawPool({ values, isMax, sum }) {
    const size = Math.sqrt(values.length);
    const cell = clamp(Math.floor(this.width / 2 / size), 16, 52);
    const pen = this.#blank(cell * size + 4, 26 * size + 4);
    const at = { x: 2, y: 2, cell: [cell, 26], size };
    drawFigures(pen, values, at, lightOf);
    const best = isMax ? values.indexOf(sum) : -1;
    if (best < 0) return;
    const [x, y] = [2 + (best % size) * cell, 2 + Math.floor(best / size) * 26];
    outline(pen, { x, y, width: cell, height: 26 }, FOR);
  }

  // 28 x 28 weights are no figures any more.
  #drawPicture({ values, weights, plus, minus }, add) {
    const side = SIDE * (this.isCompact ? 3 : 4);
    const pen = this.#blank(3 * side + 2 * GAP, side);
    const products = values.map((value, i) => value * weights[i]);
    [values, weights, products].forEach((numbers, i) => {
      drawPixels(pen, numbers, { x: i * (side + GAP), y: 0, side }, i ? weightOf : lightOf);
    });
    drawSigns(pen, this.root, side, side / 2);
    add("plus", plus);
    add("minus", minus);
  }

  showSheet(column, made) {
    this.#open(`${column.title}: ${column.all}`);
    this.root.classList.remove("waiting");
    this.#list([]);
    this.#figures([]);
    this.grid = gridOf(column, this.width);
    this.made = made;
    this.#drawSheet();
  }

  #drawSheet() {
    const { grid, made, slot } = this;
    const pen = this.#blank(grid.width, grid.height);
    drawMaps(pen, grid, made ?? undefined);
    if (slot < grid.count) outline(pen, placeOf({ ...grid, isMap: false }, slot), FOR);
  }
}

// Another text is another element: translated pages keep what they have made of the old one.
function setText(place, text) {
  if (place.textContent !== text) place.replaceChildren(element("span", { textContent: text }));
}

// How the visitor's language writes numbers.
let signs = { decimal: ".", percent: "{}%" };

function figure(number) {
  const size = Math.abs(number);
  const text = size.toFixed(size >= 100 ? 0 : size >= 9.95 ? 1 : 2);
  return (number < 0 && Number(text) ? `−${text}` : text).replace(".", signs.decimal);
}
