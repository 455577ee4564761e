// Turns a drawing into what MNIST would have made of it, as mnist_core/drawing/mnist_image.py,
// dots.py and pen.py do, number for number; they say why.
//
// A picture is `{ width, height, values }`, its values row by row; a point is `[x, y]`, y downwards.

export const SIDE = 28;
const BOX = 20;
const FAINTEST = 16;
const EDGE = 0.125;
const HALF = 0.5;
const SMALLEST_PART = 16;
const SMALLEST_PIXELS = 5;
const ROUNDING = 1e-4;
const GRID = 48;
// Between the numbers of two rows of squares, so that no square has neighbours across an edge.
const STRIDE = 2 * GRID;
const NEIGHBOURS = [-1, 1].flatMap((step) => [step, step * STRIDE, step * (STRIDE - 1), step * (STRIDE + 1)]);
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
 * @param {{ width: number, height: number, values: Uint8Array }} canvas  ink on an even ground
 * @returns {Float32Array | null} 784 numbers in 0..1; null where there is no ink to see
 */
export function toMnist(canvas) {
  const strength = ink(canvas);
  if (!strength) return null;
  removeDots(strength);
  const side = Math.max(canvas.width, canvas.height, SMALLEST_PIXELS * SMALLEST_PART);
  return boxed(strength, side / SMALLEST_PART);
}

/**
 * Prepare what a pen drew, redrawn as thick as MNIST's digits are.
 *
 * @param {number[][][]} strokes  points where the middle of the pen went
 * @param {number} brush  how thick it is
 * @returns {Float32Array | null} as `toMnist`; null where there are only dots
 */
export function fromStrokes(strokes, brush) {
  if (strokes.every((stroke) => Math.max(...bounds([stroke]).extent) < brush / 2)) return null;
  const kept = withoutDots(strokes, brush);
  const { corner, extent } = bounds(kept);
  const scale = (REDRAWN - THICKNESS) / Math.max(...extent, SMALLEST_BRUSHES * brush);
  const start = extent.map((side) => (REDRAWN - scale * side) / 2 + MARGIN);
  const moved = changed(kept, (position, axis) => (position - corner[axis]) * scale + start[axis]);
  return boxed(painted(moved, THICKNESS, REDRAWN + 2 * MARGIN), REDRAWN);
}

// The ink in a box of 20 × 20 pixels, centred in 28 × 28; its longer side counts as `smallest` or more.
function boxed(strength, smallest) {
  const { cropped, across, down } = crop(strength);
  const pixel = Math.max(across.high - across.low, down.high - down.low, smallest) / BOX;
  const narrow = averaged(cropped, shares(across, cropped.width, pixel));
  return centre(averaged(narrow, shares(down, cropped.height, pixel)).values);
}

// How much ink is where; null if there is too little contrast. Most of the edge is paper.
function ink({ width, height, values }) {
  const [darkest, lightest] = [255 - largest(values.map((value) => 255 - value)), largest(values)];
  if (lightest - darkest < FAINTEST) return null;
  let light = 0;
  const count = (index) => (light += Number(values[index] > (darkest + lightest) / 2));
  for (let x = 0; x < width; x++) [x, x + (height - 1) * width].forEach(count);
  for (let y = 0; y < height; y++) [y * width, (y + 1) * width - 1].forEach(count);
  const isLightPaper = light > width + height;
  const strength = values.map((value) => (isLightPaper ? lightest - value : value - darkest));
  return { width, height, values: strength };
}

function removeDots({ width, height, values }) {
  const faintest = EDGE * largest(values);
  const side = Math.ceil(Math.max(width, height) / GRID);
  const square = (index) =>
    Math.floor(index / width / side) * STRIDE + Math.floor((index % width) / side);
  const inked = new Set();
  for (let index = 0; index < values.length; index++) {
    if (values[index] > faintest) inked.add(square(index));
  }
  const dots = strayDots(inked);
  if (!dots.size) return;
  for (let index = 0; index < values.length; index++) {
    if (values[index] && dots.has(square(index))) values[index] = 0;
  }
}

// The squares of pieces that are small and far from all that are not.
function strayDots(inked) {
  const found = pieces(inked);
  const lengths = found.map((piece) => Math.max(span(piece.map(row)), span(piece.map(column))));
  const longest = Math.max(...lengths);
  const large = found.filter((_, i) => lengths[i] >= SMALL * longest).flat();
  const isFar = (square) => large.every((other) => distance(square, other) - 1 > FAR * longest);
  const dots = found.filter((piece, i) => lengths[i] < SMALL * longest && piece.every(isFar));
  return new Set(dots.flat());
}

// Squares that touch, corners included, are one piece; takes them out of the set.
function pieces(left) {
  const found = [];
  for (const start of left) {
    const piece = [start];
    left.delete(start);
    for (const square of piece) {
      for (const step of NEIGHBOURS) {
        if (left.delete(square + step)) piece.push(square + step);
      }
    }
    found.push(piece);
  }
  return found;
}

const row = (square) => Math.floor(square / STRIDE);
const column = (square) => square % STRIDE;
const span = (places) => Math.max(...places) - Math.min(...places) + 1;

function distance(one, other) {
  return Math.max(Math.abs(row(one) - row(other)), Math.abs(column(one) - column(other)));
}

function withoutDots(strokes, brush) {
  const { corner, extent } = bounds(strokes);
  const scale = (GRID - 1) / (Math.max(...extent) + brush);
  const moved = changed(strokes, (position, axis) => (position - corner[axis] + brush / 2) * scale);
  const { values } = painted(moved, Math.max(1, brush * scale), GRID);
  const square = ([x, y]) => Math.trunc(y) * STRIDE + Math.trunc(x);
  const inked = new Set(moved.map(([point]) => square(point)));
  values.forEach((value, index) => value && inked.add(square([index % GRID, index / GRID])));
  const dots = strayDots(inked);
  return strokes.filter((_, number) => !dots.has(square(moved[number][0])));
}

function changed(strokes, change) {
  return strokes.map((stroke) => stroke.map((point) => point.map(change)));
}

// The upper left corner of strokes, and how far they extend from there.
function bounds(strokes) {
  const corner = [Infinity, Infinity];
  const end = [-Infinity, -Infinity];
  for (const point of strokes.flat()) {
    point.forEach((position, axis) => {
      corner[axis] = Math.min(corner[axis], position);
      end[axis] = Math.max(end[axis], position);
    });
  }
  return { corner, extent: end.map((position, axis) => position - corner[axis]) };
}

// As Pillow draws them: from whole pixel to whole pixel, with a disc on every point.
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

function disc(middle, radius) {
  const [low, high] = [-radius, radius].map((way) => middle.map((position) => Math.trunc(position + way)));
  const [x, y] = low.map((position, axis) => (position + high[axis]) / 2);
  const [wide, tall] = low.map((position, axis) => ((high[axis] - position + 1) / 2) ** 2);
  return (column, row) => (column - x) ** 2 / wide + (row - y) ** 2 / tall <= 1;
}

function line(from, to, half) {
  const [x, y] = from.map(Math.trunc);
  const [right, down] = [Math.trunc(to[0]) - x, Math.trunc(to[1]) - y];
  const length = right ** 2 + down ** 2;
  return (column, row) => {
    const along = (column - x) * right + (row - y) * down;
    const aside = (column - x) * down - (row - y) * right;
    return length > 0 && along >= 0 && along <= length && aside ** 2 <= half ** 2 * length;
  };
}

// Sets the pixels near the way from one point to another for which `isInk(column, row)`.
function paint(values, side, from, to, width, isInk) {
  const near = width / 2 + 2;
  const start = (axis) => Math.max(Math.floor(Math.min(from[axis], to[axis]) - near), 0);
  const end = (axis) => Math.min(Math.max(from[axis], to[axis]) + near, side);
  const [left, top, right, bottom] = [start(0), start(1), end(0), end(1)];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      if (isInk(column, row)) values[row * side + column] = 255;
    }
  }
}

// The part with ink that can be seen, and how far the ink reaches in it, across and down.
function crop({ width, height, values }) {
  const profiles = [new Float32Array(width), new Float32Array(height)];
  const [columns, rows] = profiles;
  for (let y = 0, index = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      if (values[index] > columns[x]) columns[x] = values[index];
      if (values[index] > rows[y]) rows[y] = values[index];
    }
  }
  const faintest = EDGE * largest(rows);
  const isSeen = (value) => value > faintest;
  const ends = (line) => [line.findIndex(isSeen), line.findLastIndex(isSeen) + 1];
  const [[left, right], [top, bottom]] = profiles.map(ends);
  const cropped = { width: right - left, height: bottom - top };
  cropped.values = new Float32Array(cropped.width * cropped.height);
  for (let y = top; y < bottom; y++) {
    const row = values.subarray(y * width + left, y * width + right);
    cropped.values.set(row, (y - top) * cropped.width);
  }
  const reach = roundHalfToEven(Math.max(cropped.width, cropped.height) / BOX / 2);
  const [across, down] = [columns.subarray(left, right), rows.subarray(top, bottom)].map((line) => ({
    low: edge(line, reach),
    high: line.length - edge(line.slice().reverse(), reach),
  }));
  return { cropped, across, down };
}

// Where a line of the strongest ink begins: half as strong as what lies behind it, within reach.
function edge(line, reach) {
  const isEdge = (value, at) => value >= HALF * largest(line.subarray(at, at + reach + 1));
  return line.findIndex(isEdge);
}

// Which old pixels each of 20 new ones covers, and how much of it each is.
function shares({ low, high }, extent, pixel) {
  const count = Math.min(BOX, Math.max(1, Math.trunc((high - low) / pixel + 0.5)));
  const start = (low + high - count * pixel) / 2 - Math.floor((BOX - count) / 2) * pixel;
  return Array.from({ length: BOX }, (_, number) => {
    const [begin, end] = [start + number * pixel, start + (number + 1) * pixel];
    const from = Math.max(Math.floor(begin), 0);
    const count = Math.max(Math.min(Math.ceil(end), extent) - from, 0);
    const overlap = (at) => Math.max(Math.min(end, at + 1) - Math.max(begin, at), 0);
    return { from, weights: Array.from({ length: count }, (_, i) => overlap(from + i) / pixel) };
  });
}

// Each row averaged to fewer pixels; the rows become columns.
function averaged({ width, height, values }, parts) {
  const narrow = new Float32Array(parts.length * height);
  parts.forEach(({ from, weights }, x) => {
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * values[y * width + from + i];
      narrow[x * height + y] = sum;
    }
  });
  return { width: height, height: parts.length, values: narrow };
}

// 20 × 20 values in 28 × 28, as strong as can be, with their centre of mass in the middle.
function centre(values) {
  const [rows, columns] = [new Float32Array(BOX), new Float32Array(BOX)];
  const most = largest(values);
  values.forEach((value, index) => {
    rows[Math.floor(index / BOX)] += value / most;
    columns[index % BOX] += value / most;
  });
  const [down, right] = [shift(rows), shift(columns)];
  const image = new Float32Array(SIDE * SIDE);
  values.forEach((value, index) => {
    if (value) image[(Math.floor(index / BOX) + down) * SIDE + (index % BOX) + right] = value / most;
  });
  return image;
}

// How far the ink has to move, given how much of it is in each row or column.
function shift(mass) {
  const first = mass.findIndex((amount) => amount > 0);
  const count = mass.findLastIndex((amount) => amount > 0) - first + 1;
  let [sum, moment] = [0, 0];
  mass.forEach((amount, index) => {
    sum += amount;
    moment += (index - first) * amount;
  });
  const start = SIDE / 2 - Math.floor(moment / sum + 0.5 + ROUNDING);
  return Math.min(Math.max(start, 0), SIDE - count) - first;
}

function largest(values) {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

function roundHalfToEven(number) {
  const whole = Math.floor(number);
  if (number - whole !== 0.5) return Math.round(number);
  return whole % 2 ? whole + 1 : whole;
}
