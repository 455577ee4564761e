// The visible part of a sheet: its left upper corner (x, y) and its size, counted in digits, and its
// scale, the screen pixels of a digit.

const LARGEST = 112; // four screen pixels to a pixel of MNIST
const GLIDE = 180; // ms

// Each sheet is found again as it was left.
const leftAs = new Map();

class VisiblePart {
  constructor(canvas, onChange) {
    this.canvas = canvas;
    this.onChange = onChange;
    Object.assign(this, { x: 0, y: 0, scale: 1, columns: 1, rows: 1, isWhole: true });
  }

  // Show another sheet: as it was left, or else all of it.
  open({ name, columns, rows }) {
    cancelAnimationFrame(this.animation);
    Object.assign(this, { name, columns, rows, isWhole: true }, leftAs.get(name));
    this.resized();
  }

  resized() {
    if (this.isWhole) Object.assign(this, { x: 0, y: 0, scale: this.smallest });
    this.settle();
  }

  get smallest() {
    const { clientWidth, clientHeight } = this.canvas;
    return Math.min(clientWidth / this.columns, clientHeight / this.rows) || 1;
  }

  get width() {
    return this.canvas.clientWidth / this.scale;
  }

  get height() {
    return this.canvas.clientHeight / this.scale;
  }

  // Keeps the sheet in view; a sheet smaller than the canvas lies in its middle.
  settle() {
    this.scale = clamp(this.scale, this.smallest, LARGEST);
    const within = (start, room) => (room < 0 ? room / 2 : clamp(start, 0, room));
    this.x = within(this.x, this.columns - this.width);
    this.y = within(this.y, this.rows - this.height);
    this.isWhole = this.scale <= this.smallest * 1.001;
    const { x, y, scale, isWhole } = this;
    leftAs.set(this.name, { x, y, scale, isWhole });
    this.onChange();
  }

  move(byX, byY) {
    this.x -= byX / this.scale;
    this.y -= byY / this.scale;
    this.settle();
  }

  // Whatever is at this point of the screen stays there.
  zoomTo(scale, atX, atY, smoothly = true) {
    cancelAnimationFrame(this.animation);
    const glides = smoothly && !prefersReducedMotion();
    const [from, to] = [this.scale, clamp(scale, this.smallest, LARGEST)];
    const start = performance.now();
    const step = (now) => {
      const part = glides ? clamp((now - start) / GLIDE, 0, 1) : 1;
      const next = from * (to / from) ** part;
      this.x += atX / this.scale - atX / next;
      this.y += atY / this.scale - atY / next;
      this.scale = next;
      this.settle();
      if (part < 1) this.animation = requestAnimationFrame(step);
    };
    step(start + 1);
  }

  zoomBy(factor, atX = this.canvas.clientWidth / 2, atY = this.canvas.clientHeight / 2, smoothly) {
    this.zoomTo(this.scale * factor, atX, atY, smoothly);
  }

  // Moves so that this point of the screen stays clear of the edges.
  follow(x, y) {
    const { clientWidth, clientHeight } = this.canvas;
    const edge = Math.min(this.scale, clientHeight / 4);
    const beyond = (at, length) => Math.min(at - edge, 0) + Math.max(at + edge - length, 0);
    this.move(-beyond(x, clientWidth), -beyond(y, clientHeight));
  }

  // The digit at this point of the screen, or null beside the sheet.
  digitAt(x, y) {
    const [column, row] = [Math.floor(this.x + x / this.scale), Math.floor(this.y + y / this.scale)];
    const isInside = column >= 0 && column < this.columns && row >= 0 && row < this.rows;
    return isInside ? { x: column, y: row } : null;
  }
}
