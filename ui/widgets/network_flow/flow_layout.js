// Where everything of the flow lies, in the page's pixels, and what lies under a point.
//
// A column is of a kind: "image", "maps" (a stack of pictures), "pictures" (neurons that look at the
// image, each shown by its weights), "neurons" (squares) or "answers" (ten bars).

const SIDE_GAP = 3; // between the maps of a column
const NARROWEST_GAP = 12; // between columns, where the lines between them run
const ANSWERS_WIDTH = { wide: 116, compact: 42 };
const SENTENCE = 64; // what a sentence under a column needs
const MOST_ACROSS = 8; // maps beside each other in a column
const SHEET_SIDE = 48;
const BAR = 4; // under the picture of a neuron's weights: how strongly it answers

/**
 * Lay out the columns.
 *
 * @param {{ kind: string, shape: number[] }[]} columns
 * @param {number} width  that there is; more is taken where it does not do
 * @param {number} height
 * @param {boolean} isCompact  for a phone
 * @returns {{ width: number, height: number, columns: object[] }}  of each column its `x`, `width`,
 *   the number of its `slots` (with `x`, `y`), their `side` (`width`, `height`) and how many pixels
 *   a value takes (`pixel`)
 */
function layOut(columns, width, height, isCompact) {
  let found;
  // Smaller maps, until all columns fit.
  const least = isCompact ? 0 : SENTENCE;
  for (const side of isCompact ? [26, 20, 14] : [48, 40, 32, 26, 20, 14]) {
    found = columns.map((column) => ({ least, ...firstOf(column, side, height, isCompact) }));
    if (needed(found) <= width) break;
  }
  widen(found, width);
  const spare = Math.max(0, width - needed(found)) / (found.length - 1);
  let x = 0;
  for (const column of found) {
    column.x = Math.round(x);
    column.slots = slotsOf(column, height);
    x += taken(column) + spare;
  }
  return { width: Math.max(width, needed(found)), height, columns: found };
}

function needed(columns) {
  return columns.reduce((sum, column) => sum + taken(column), -NARROWEST_GAP);
}

function taken({ width, least }) {
  return Math.max(width, least) + NARROWEST_GAP;
}

// A column as narrow as it can be.
function firstOf({ kind, shape }, side, height, isCompact) {
  if (kind === "answers") {
    const cell = [isCompact ? ANSWERS_WIDTH.compact : ANSWERS_WIDTH.wide, Math.floor(height / 10)];
    return { kind, count: 10, across: 1, down: 10, isFull: true, pixel: 1, cell, width: cell[0], gap: 0 };
  }
  if (kind === "neurons") {
    const pixel = isCompact || side < 40 ? 5 : 8;
    const gap = pixel > 5 ? 2 : 1;
    return stacked({ kind, count: shape[0], pixel, size: [1, 1], cell: [pixel, pixel], gap }, 2, height);
  }
  if (kind === "pictures") {
    const pixel = side < 40 ? 1 : 2;
    const cell = [SIDE * pixel, SIDE * pixel + BAR];
    return stacked({ kind, count: shape[0], pixel, size: [SIDE, SIDE], cell, gap: SIDE_GAP }, 1, height);
  }
  const [rows, columns, count] = shape;
  const pixel = Math.max(1, Math.floor((kind === "image" ? Math.max(SIDE * 2, 1.75 * side) : side) / rows));
  const size = [columns, rows];
  const cell = size.map((extent) => extent * pixel);
  return stacked({ kind, count, pixel, size, cell, gap: SIDE_GAP, isMap: true }, 1, height);
}

function stacked(column, across, height) {
  const { cell, gap, count } = column;
  const down = Math.max(1, Math.floor((height + gap) / (cell[1] + gap)));
  return { ...column, across, down, width: across * (cell[0] + gap) - gap, isFull: across * down >= count };
}

// Whoever hides most gets another row of maps, as long as there is room.
function widen(columns, width) {
  const share = ({ across, down, count }) => (across * down) / count;
  for (;;) {
    const room = width - needed(columns);
    const hiding = columns.filter(({ isFull, cell, gap, across }) => {
      return !isFull && cell[0] + gap <= room && across < MOST_ACROSS;
    });
    if (!hiding.length) return;
    const column = hiding.reduce((least, one) => (share(one) < share(least) ? one : least));
    column.across++;
    column.width += column.cell[0] + column.gap;
    column.isFull = column.across * column.down >= column.count;
  }
}

// In the middle of the height, row by row.
function slotsOf({ x, across, down, count, cell: [width, height], gap }, tall) {
  const shown = Math.min(count, across * down);
  const rows = Math.ceil(shown / across);
  const top = Math.max(0, Math.round((tall - rows * (height + gap) + gap) / 2));
  return Array.from({ length: shown }, (_, i) => ({
    x: x + (i % across) * (width + gap),
    y: top + Math.floor(i / across) * (height + gap),
  }));
}

/** All maps of a column as one sheet of about this width. */
function gridOf(column, width) {
  const one = firstOf(column, SHEET_SIDE, 1, false);
  const across = clamp(Math.floor((width + one.gap) / (one.cell[0] + one.gap)), 1, one.count);
  const down = Math.ceil(one.count / across);
  const height = down * (one.cell[1] + one.gap);
  const grid = { ...one, x: 0, across, down, width: across * (one.cell[0] + one.gap), height };
  return { ...grid, slots: slotsOf(grid, height) };
}

/**
 * What lies at a point, or no further from it than `reach`.
 *
 * @returns {{ column: number, slot: number, x: number, y: number } | null}  with the column and row
 *   of the value in its map
 */
function hit(layout, left, top, reach = 0) {
  let [found, least] = [null, reach + 0.01];
  layout.columns.forEach(({ slots, cell, pixel, size, isMap }, column) => {
    slots.forEach((at, slot) => {
      const [dx, dy] = [left - at.x, top - at.y];
      const outside = (position, length) => Math.max(0, -position, position - length);
      const away = Math.max(outside(dx, cell[0]), outside(dy, cell[1]));
      if (away >= least) return;
      const index = (position, count) => (isMap ? clamp(Math.floor(position / pixel), 0, count - 1) : 0);
      [found, least] = [{ column, slot, x: index(dx, size?.[0]), y: index(dy, size?.[1]) }, away];
    });
  });
  return found;
}

/** Where a square of `extent` values lies in a map; where a neuron does, whatever its values. */
function placeOf({ slots, cell, pixel, isMap }, slot, x, y, extent) {
  const at = slots[slot];
  if (!at) return null;
  if (!isMap) return { ...at, width: cell[0], height: cell[1] };
  return { x: at.x + x * pixel, y: at.y + y * pixel, width: extent * pixel, height: extent * pixel };
}

function middleOf({ slots, cell }, slot) {
  return [slots[slot].x + cell[0] / 2, slots[slot].y + cell[1] / 2];
}
