// @ts-check
// What a person drew -> what MNIST would have made of it: mnist_core/drawing/mnist_image.py, parts.py and pen.py,
// number for number. What is done and why is told there.

/**
 * @typedef {object} Picture
 * @property {number} width
 * @property {number} height
 * @property {Uint8Array | Float32Array} values  row by row
 *
 * @typedef {{ low: number, high: number }} Reach  of ink, in pixels; `high` is outside
 * @typedef {{ from: number, weights: number[] }} Share  of pixels in a new one
 * @typedef {number[]} Point  x, and y growing downwards
 */

export const SIDE = 28;
const BOX = 20;
const FAINTEST = 16;
const EDGE = 0.125;
const HALF = 0.5;
const SMALLEST_PART = 16;
const SMALLEST_PIXELS = 5;
const NOISE = 1e-4;
const GRID = 48;
const STRIDE = 2 * GRID; // between the rows of squares, so that no square has neighbours across an edge
const AROUND = [-1, 1].flatMap((step) => [step, step * STRIDE, step * (STRIDE - 1), step * (STRIDE + 1)]);
const SMALL = 0.25;
const FAR = 0.2;
const REDRAWN = 240;
const MARGIN = 2;
const THICKNESS = (2.4 / BOX) * REDRAWN;
const SMALLEST_BRUSHES = 1.5;
const SPACING = 2;

/**
 * Prepare a drawing the way MNIST was prepared.
 *
 * @param {Picture} canvas  ink on an even ground, 0 to 255
 * @returns {Float32Array | null} 784 numbers in 0..1; null where there is no ink to see
 */
export function toMnist(canvas) {
  const strength = ink(canvas);
  if (!strength) return null;
  removeDots(strength);
  return boxed(strength, Math.max(canvas.width, canvas.height, SMALLEST_PIXELS * SMALLEST_PART) / SMALLEST_PART);
}

/**
 * Prepare what a pen drew, redrawn as thick as MNIST's digits are.
 *
 * @param {Point[][]} strokes  where the middle of the pen went
 * @param {number} brush  how thick it is
 * @returns {Float32Array | null} as `toMnist`; null where there are only dots
 */
export function fromStrokes(strokes, brush) {
  if (strokes.every((stroke) => Math.max(...reach([stroke]).extent) < brush / 2)) return null;
  const kept = withoutDots(strokes, brush);
  const { corner, extent } = reach(kept);
  const scale = (REDRAWN - THICKNESS) / Math.max(...extent, SMALLEST_BRUSHES * brush);
  const start = extent.map((side) => (REDRAWN - scale * side) / 2 + MARGIN);
  const moved = kept.map((stroke) =>
    stroke.map((point) => point.map((place, axis) => (place - corner[axis]) * scale + start[axis])),
  );
  return boxed(painted(moved, THICKNESS, REDRAWN + 2 * MARGIN), REDRAWN);
}

/** @param {Picture} strength @param {number} smallest */
function boxed(strength, smallest) {
  const cropped = crop(strength);
  const [across, down] = frame(cropped);
  const pixel = Math.max(across.high - across.low, down.high - down.low, smallest) / BOX;
  const narrow = averaged(cropped, shares(across, cropped.width, pixel));
  return centre(averaged(transposed(narrow), shares(down, cropped.height, pixel)));
}

/** @param {Picture} canvas @returns {Picture | null} */
function ink({ width, height, values }) {
  let [darkest, lightest] = [255, 0];
  for (const value of values) {
    if (value < darkest) darkest = value;
    if (value > lightest) lightest = value;
  }
  if (lightest - darkest < FAINTEST) return null;
  let light = 0;
  const look = (/** @type {number} */ place) => {
    light += Number(values[place] > (darkest + lightest) / 2);
  };
  for (let x = 0; x < width; x++) [x, x + (height - 1) * width].forEach(look);
  for (let y = 0; y < height; y++) [y * width, (y + 1) * width - 1].forEach(look);
  const isLightPaper = light > width + height;
  const strength = values.map((value) => (isLightPaper ? lightest - value : value - darkest));
  return { width, height, values: strength };
}

/** @param {Picture} strength */
function removeDots({ width, height, values }) {
  const faintest = EDGE * largest(values);
  const side = Math.ceil(Math.max(width, height) / GRID);
  const square = (/** @type {number} */ place) =>
    Math.floor(place / width / side) * STRIDE + Math.floor((place % width) / side);
  const inked = new Set();
  for (let place = 0; place < values.length; place++) {
    if (values[place] > faintest) inked.add(square(place));
  }
  const dots = new Set(stray(pieces(inked)).flat());
  if (!dots.size) return;
  for (let place = 0; place < values.length; place++) {
    if (values[place] && dots.has(square(place))) values[place] = 0;
  }
}

// Squares that touch, corners included, hang together.
/** @param {Set<number>} left @returns {number[][]} */
function pieces(left) {
  const found = [];
  for (const start of left) {
    const piece = [start];
    left.delete(start);
    for (const square of piece) {
      for (const step of AROUND) {
        if (left.delete(square + step)) piece.push(square + step);
      }
    }
    found.push(piece);
  }
  return found;
}

/** @param {number[][]} found */
function stray(found) {
  const lengths = found.map((piece) => Math.max(extent(piece.map(row)), extent(piece.map(column))));
  const longest = Math.max(...lengths);
  const large = found.filter((_, i) => lengths[i] >= SMALL * longest).flat();
  const isFar = (/** @type {number} */ square) =>
    large.every((other) => apart(square, other) - 1 > FAR * longest);
  return found.filter((piece, i) => lengths[i] < SMALL * longest && piece.every(isFar));
}

const row = (/** @type {number} */ square) => Math.floor(square / STRIDE);
const column = (/** @type {number} */ square) => square % STRIDE;
const extent = (/** @type {number[]} */ places) => Math.max(...places) - Math.min(...places) + 1;

/** @param {number} one @param {number} other */
function apart(one, other) {
  return Math.max(Math.abs(row(one) - row(other)), Math.abs(column(one) - column(other)));
}

/** @param {Point[][]} strokes @param {number} brush */
function withoutDots(strokes, brush) {
  const { corner, extent } = reach(strokes);
  const scale = (GRID - 1) / (Math.max(...extent) + brush);
  const moved = strokes.map((stroke) =>
    stroke.map((point) => point.map((place, axis) => (place - corner[axis] + brush / 2) * scale)),
  );
  const { values } = painted(moved, Math.max(1, brush * scale), GRID);
  const square = (/** @type {Point} */ [x, y]) => Math.trunc(y) * STRIDE + Math.trunc(x);
  const inked = new Set(moved.map(([point]) => square(point)));
  values.forEach((value, place) => value && inked.add(square([place % GRID, place / GRID])));
  const dots = new Set(stray(pieces(inked)).flat());
  return strokes.filter((_, number) => !dots.has(square(moved[number][0])));
}

/** @param {Point[][]} strokes  how far they reach, from their upper left corner */
function reach(strokes) {
  const corner = [Infinity, Infinity];
  const end = [-Infinity, -Infinity];
  for (const point of strokes.flat()) {
    point.forEach((place, axis) => {
      corner[axis] = Math.min(corner[axis], place);
      end[axis] = Math.max(end[axis], place);
    });
  }
  return { corner, extent: end.map((place, axis) => place - corner[axis]) };
}

// As Pillow draws them: from whole pixel to whole pixel, with a disc on every point.
/** @param {Point[][]} strokes @param {number} width @param {number} side @returns {Picture} */
function painted(strokes, width, side) {
  const values = new Uint8Array(side * side);
  for (const stroke of strokes) {
    let before = stroke[0];
    stroke.forEach((point, number) => {
      const isNear = Math.abs(point[0] - before[0]) + Math.abs(point[1] - before[1]) < SPACING;
      if (number && number < stroke.length - 1 && isNear) return;
      paint(values, side, point, point, width, disc(point, width / 2));
      paint(values, side, before, point, width, line(before, point, roundHalfToEven(width) / 2));
      before = point;
    });
  }
  return { width: side, height: side, values };
}

/** @param {Point} middle @param {number} radius */
function disc(middle, radius) {
  const [low, high] = [-radius, radius].map((way) => middle.map((place) => Math.trunc(place + way)));
  const [x, y] = low.map((place, axis) => (place + high[axis]) / 2);
  const [wide, tall] = low.map((place, axis) => ((high[axis] - place + 1) / 2) ** 2);
  return (/** @type {number} */ column, /** @type {number} */ row) =>
    (column - x) ** 2 / wide + (row - y) ** 2 / tall <= 1;
}

/** @param {Point} from @param {Point} to @param {number} half */
function line(from, to, half) {
  const [x, y] = from.map(Math.trunc);
  const [right, down] = [Math.trunc(to[0]) - x, Math.trunc(to[1]) - y];
  const length = right ** 2 + down ** 2;
  return (/** @type {number} */ column, /** @type {number} */ row) => {
    const along = (column - x) * right + (row - y) * down;
    const aside = (column - x) * down - (row - y) * right;
    return length > 0 && along >= 0 && along <= length && aside ** 2 <= half ** 2 * length;
  };
}

/**
 * @param {Uint8Array} values @param {number} side @param {Point} from @param {Point} to
 * @param {number} width @param {(column: number, row: number) => boolean} isInk  of those near the way from there to there
 */
function paint(values, side, from, to, width, isInk) {
  const near = width / 2 + 2;
  const [left, top] = from.map((place, axis) => Math.max(Math.floor(Math.min(place, to[axis]) - near), 0));
  const [right, bottom] = from.map((place, axis) => Math.min(Math.max(place, to[axis]) + near, side));
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      if (isInk(column, row)) values[row * side + column] = 255;
    }
  }
}

/** @param {Picture} strength @returns {Picture} */
function crop({ width, height, values }) {
  const faintest = EDGE * largest(values);
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0, place = 0; y < height; y++) {
    for (let x = 0; x < width; x++, place++) {
      if (values[place] <= faintest) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  const cropped = new Float32Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    const row = values.subarray(y * width + left, y * width + right);
    cropped.set(row, (y - top) * row.length);
  }
  return { width: right - left, height: bottom - top, values: cropped };
}

/** @param {Picture} cropped @returns {Reach[]} across and down */
function frame({ width, height, values }) {
  const [across, down] = [new Float32Array(width), new Float32Array(height)];
  for (let y = 0, place = 0; y < height; y++) {
    for (let x = 0; x < width; x++, place++) {
      if (values[place] > across[x]) across[x] = values[place];
      if (values[place] > down[y]) down[y] = values[place];
    }
  }
  const reach = roundHalfToEven(Math.max(width, height) / BOX / 2);
  return [across, down].map((line) => ({
    low: edge(line, reach),
    high: line.length - edge(line.slice().reverse(), reach),
  }));
}

/** @param {Float32Array} line @param {number} reach */
function edge(line, reach) {
  return line.findIndex(
    (value, place) => value >= HALF * largest(line.subarray(place, place + reach + 1)),
  );
}

/** @param {Reach} ink @param {number} extent @param {number} pixel @returns {Share[]} */
function shares({ low, high }, extent, pixel) {
  const count = Math.min(BOX, Math.max(1, Math.trunc((high - low) / pixel + 0.5)));
  const start = (low + high - count * pixel) / 2 - Math.floor((BOX - count) / 2) * pixel;
  return Array.from({ length: BOX }, (_, number) => {
    const [begin, end] = [start + number * pixel, start + (number + 1) * pixel];
    const from = Math.max(Math.floor(begin), 0);
    const count = Math.max(Math.min(Math.ceil(end), extent) - from, 0);
    const weights = Array.from({ length: count }, (_, i) => {
      return Math.max(Math.min(end, from + i + 1) - Math.max(begin, from + i), 0) / pixel;
    });
    return { from, weights };
  });
}

/** @param {Picture} picture @param {Share[]} parts @returns {Picture} */
function averaged({ width, height, values }, parts) {
  const narrow = new Float32Array(parts.length * height);
  parts.forEach(({ from, weights }, x) => {
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * values[y * width + from + i];
      narrow[y * parts.length + x] = sum;
    }
  });
  return { width: parts.length, height, values: narrow };
}

/** @param {Picture} picture @returns {Picture} */
function transposed({ width, height, values }) {
  const turned = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = values[y * width + x];
  }
  return { width: height, height: width, values: turned };
}

/** @param {Picture} turned  20 x 20, column by column */
function centre(turned) {
  const { values } = transposed(turned);
  const [rows, columns] = [new Float32Array(BOX), new Float32Array(BOX)];
  const most = largest(values);
  values.forEach((value, place) => {
    rows[Math.floor(place / BOX)] += value / most;
    columns[place % BOX] += value / most;
  });
  const [down, right] = [shift(rows), shift(columns)];
  const image = new Float32Array(SIDE * SIDE);
  values.forEach((value, place) => {
    if (value) image[(Math.floor(place / BOX) + down) * SIDE + (place % BOX) + right] = value / most;
  });
  return image;
}

/** @param {Float32Array} mass  by row or column @returns {number} how far the ink has to move */
function shift(mass) {
  const first = mass.findIndex((amount) => amount > 0);
  const count = mass.findLastIndex((amount) => amount > 0) - first + 1;
  let [sum, moment] = [0, 0];
  mass.forEach((amount, place) => {
    sum += amount;
    moment += (place - first) * amount;
  });
  const start = SIDE / 2 - Math.floor(moment / sum + 0.5 + NOISE);
  return Math.min(Math.max(start, 0), SIDE - count) - first;
}

/** @param {Uint8Array | Float32Array} values */
function largest(values) {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** @param {number} number */
function roundHalfToEven(number) {
  const whole = Math.floor(number);
  if (number - whole !== 0.5) return Math.round(number);
  return whole % 2 ? whole + 1 : whole;
}
