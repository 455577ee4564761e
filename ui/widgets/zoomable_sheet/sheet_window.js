// The part of a sheet that is in sight: where its left upper corner lies, and how large a digit is.
// Places are counted in digits; `scale` is how many screen pixels a digit has.

const LARGEST = 112; // four screen pixels to a pixel of MNIST
const GLIDE = 180; // ms

// Who opens a digit and comes back finds each sheet where it was left.
const leftAt = new Map();

class SheetWindow {
  constructor(canvas, onChange) {
    this.canvas = canvas;
    this.onChange = onChange;
    Object.assign(this, { x: 0, y: 0, scale: 1, columns: 1, rows: 1, isWhole: true });
  }

  // Look at a sheet: as it was left, or else at all of it.
  lookAt({ name, columns, rows }) {
    cancelAnimationFrame(this.animation);
    Object.assign(this, { name, columns, rows, isWhole: true }, leftAt.get(name));
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

  get across() {
    return this.canvas.clientWidth / this.scale;
  }

  get down() {
    return this.canvas.clientHeight / this.scale;
  }

  // Keeps the sheet in sight; a sheet smaller than the window lies in its middle.
  settle() {
    this.scale = Math.min(Math.max(this.scale, this.smallest), LARGEST);
    for (const [axis, count, length] of [
      ["x", this.columns, this.across],
      ["y", this.rows, this.down],
    ]) {
      const spare = count - length;
      this[axis] = spare < 0 ? spare / 2 : Math.min(Math.max(this[axis], 0), spare);
    }
    this.isWhole = this.scale <= this.smallest * 1.001;
    const { x, y, scale, isWhole } = this;
    leftAt.set(this.name, { x, y, scale, isWhole });
    this.onChange();
  }

  move(byX, byY) {
    this.x -= byX / this.scale;
    this.y -= byY / this.scale;
    this.settle();
  }

  // What lies at this point of the screen stays there.
  zoomTo(scale, atX, atY, smoothly = true) {
    cancelAnimationFrame(this.animation);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const [from, to] = [this.scale, Math.min(Math.max(scale, this.smallest), LARGEST)];
    const start = performance.now();
    const step = (now) => {
      const part = smoothly && !calm ? Math.min(Math.max((now - start) / GLIDE, 0), 1) : 1;
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
    const over = (at, length) => Math.min(at - edge, 0) + Math.max(at + edge - length, 0);
    this.move(-over(x, clientWidth), -over(y, clientHeight));
  }

  // The digit at this point of the screen, or null beside the sheet.
  digitAt(x, y) {
    const [column, row] = [Math.floor(this.x + x / this.scale), Math.floor(this.y + y / this.scale)];
    const isInside = column >= 0 && column < this.columns && row >= 0 && row < this.rows;
    return isInside ? { x: column, y: row } : null;
  }
}
