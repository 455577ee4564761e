// The network at work, in one picture: live_reader.js hands it what its worker has read.

const HEIGHTS = { wide: 180, compact: 148 };
const COMPACT = 560; // narrower is a phone
const PAPER = 0xff000000; // what the network sees is white on black, and so is what it makes of it
const LEAST_BAR = 0.5;

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".flow");
  const flow = (root.flow ??= new Flow(root, parentElement.host));
  flow.update(data);
  return () => {};
}

class Flow {
  constructor(root, host) {
    [this.root, this.host] = [root, host];
    this.canvas = root.querySelector("canvas");
    this.sheet = element("canvas"); // a pixel a value, all maps side by side
    this.shown = {};
    host.show = (shown) => this.show(shown);
    new ResizeObserver(() => this.resize()).observe(root);
  }

  update(data) {
    if (this.data?.network !== data.network) this.shown = {};
    this.data = data;
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
    this.sharpness = devicePixelRatio || 1;
    this.canvas.width = Math.round(this.layout.width * this.sharpness);
    this.canvas.height = Math.round(height * this.sharpness);
    Object.assign(this.canvas.style, { width: `${this.layout.width}px`, height: `${height}px` });
    this.write();
    // The first column is the image, which is not computed.
    this.host.wanted = { slots: this.layout.columns.slice(1).map(({ slots }) => slots.length) };
    this.draw();
    document.dispatchEvent(new Event("network-flow-ready"));
  }

  // The sentences, each under its column and as wide as there is room.
  write() {
    const { columns } = this.layout;
    const items = matchChildren(this.root.querySelector("ol"), columns.length, () =>
      element("li", {}, element("b"), element("br"), element("span")),
    );
    items.forEach((item, i) => {
      const { title, sentence } = this.data.columns[i];
      const end = columns[i + 1]?.x ?? this.layout.width + 8;
      setVariables(item, { x: `${columns[i].x}px`, width: `${end - columns[i].x - 6}px` });
      [item.firstChild.textContent, item.lastChild.textContent] = [title, sentence];
    });
  }

  show(shown) {
    this.shown = shown;
    this.draw();
  }

  draw() {
    if (!this.layout) return;
    const pen = this.canvas.getContext("2d");
    pen.setTransform(this.sharpness, 0, 0, this.sharpness, 0, 0);
    pen.clearRect(0, 0, this.layout.width, this.layout.height);
    pen.imageSmoothingEnabled = false;
    const style = getComputedStyle(this.root);
    this.layout.columns.forEach((column, i) => {
      if (column.kind === "answers") return this.drawAnswers(pen, column, style);
      const made = i ? this.shown.columns?.[i - 1] : { values: this.shown.image, most: 1 };
      this.drawMaps(pen, column, made ?? {});
    });
  }

  drawMaps(pen, { slots, cell, pixel }, { values, most }) {
    const [across, down] = [cell[0] / pixel, cell[1] / pixel];
    const size = across * down;
    if (!values) {
      pen.fillStyle = "#000";
      for (const { x, y } of slots) pen.fillRect(x, y, ...cell);
      return;
    }
    [this.sheet.width, this.sheet.height] = [across, down * slots.length];
    const image = new ImageData(across, down * slots.length);
    const pixels = new Uint32Array(image.data.buffer).fill(PAPER);
    for (let i = 0; i < size * slots.length && i < values.length; i++) {
      const light = Math.min(255, Math.round((255 * Math.abs(values[i])) / most));
      // Less than nothing is blue.
      pixels[i] = PAPER | (values[i] < 0 ? (light << 16) | ((light >> 1) << 8) : light * 0x10101);
    }
    this.sheet.getContext("2d").putImageData(image, 0, 0);
    slots.forEach(({ x, y }, i) =>
      pen.drawImage(this.sheet, 0, i * down, across, down, x, y, ...cell),
    );
  }

  drawAnswers(pen, { slots, cell: [width, height] }, style) {
    const { chances } = this.shown;
    const best = chances?.indexOf(Math.max(...chances));
    pen.textBaseline = "middle";
    slots.forEach(({ x, y }, digit) => {
      pen.font = `${digit === best ? 700 : 400} ${Math.min(14, height)}px ${style.fontFamily}`;
      pen.fillStyle = style.color;
      pen.fillText(digit, x, y + height / 2 + 1);
      const length = Math.max(LEAST_BAR, (chances?.[digit] ?? 0) * (width - 14));
      pen.fillStyle = digit === best ? style.accentColor : style.color;
      pen.fillRect(x + 14, y + 2, length, height - 4);
    });
  }
}
