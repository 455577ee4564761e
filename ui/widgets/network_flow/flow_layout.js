// Where everything of the flow lies, in the page's pixels, and what lies under a point.
//
// A column is of a kind: "image", "maps" (a stack of pictures), "pictures" (neurons that look at the
// image, each shown by its weights), "neurons" (squares) or "answers" (ten bars).

const SIDE_GAP = 3; // between the maps of a column
const NARROWEST_GAP = 12; // between columns, where the lines between them run
const ANSWERS_WIDTH = { wide: 76, compact: 42 };
const SENTENCE = 68; // what a sentence under a column needs

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
    const width = isCompact ? ANSWERS_WIDTH.compact : ANSWERS_WIDTH.wide;
    return { kind, count: 10, across: 1, pixel: 1, cell: [width, Math.floor(height / 10)], width, gap: 0 };
  }
  if (kind === "neurons") {
    const size = isCompact || side < 40 ? 5 : 8;
    const gap = size > 5 ? 2 : 1;
    return sized({ kind, count: shape[0], pixel: size, cell: [size, size], gap }, 2, height);
  }
  const [rows, columns] = kind === "pictures" ? [28, 28] : shape;
  const wanted = kind === "image" ? Math.max(56, 1.75 * side) : side;
  const pixel = Math.max(1, Math.floor(wanted / rows));
  const count = kind === "pictures" ? shape[0] : (shape[2] ?? 1);
  return sized({ kind, count, pixel, cell: [columns * pixel, rows * pixel], gap: SIDE_GAP }, 1, height);
}

function sized(column, across, height) {
  const { cell, gap, count } = column;
  const down = Math.max(1, Math.floor((height + gap) / (cell[1] + gap)));
  return { ...column, across, down, width: across * (cell[0] + gap) - gap, isFull: across * down >= count };
}

// Whoever hides most gets another row of maps, as long as there is room.
function widen(columns, width) {
  const share = ({ across, down, count }) => (across * down) / count;
  for (;;) {
    const room = width - needed(columns);
    const hiding = columns.filter(
      ({ kind, isFull, cell, gap, across }) =>
        !isFull && kind !== "answers" && cell[0] + gap <= room && across < 6,
    );
    if (!hiding.length) return;
    const column = hiding.reduce((least, one) => (share(one) < share(least) ? one : least));
    column.across++;
    column.width += column.cell[0] + column.gap;
    column.isFull = column.across * column.down >= column.count;
  }
}

// In the middle of the height, row by row.
function slotsOf({ kind, x, across, down, count, cell: [width, height], gap }, tall) {
  if (kind === "answers") down = 10;
  const shown = Math.min(count, across * down);
  const rows = Math.ceil(shown / across);
  const top = Math.round((tall - rows * (height + gap) + gap) / 2);
  return Array.from({ length: shown }, (_, i) => ({
    x: x + (i % across) * (width + gap),
    y: top + Math.floor(i / across) * (height + gap),
  }));
}

/**
 * What lies under a point.
 *
 * @returns {{ column: number, slot: number, x: number, y: number } | null}  with the column and row
 *   of the value in its map
 */
function hit(layout, left, top) {
  for (const [column, { slots, cell, pixel, kind }] of layout.columns.entries()) {
    for (const [slot, at] of slots.entries()) {
      const [dx, dy] = [left - at.x, top - at.y];
      if (dx < 0 || dy < 0 || dx >= cell[0] || dy >= cell[1]) continue;
      const isMap = kind === "maps" || kind === "image";
      return { column, slot, x: isMap ? Math.floor(dx / pixel) : 0, y: isMap ? Math.floor(dy / pixel) : 0 };
    }
  }
  return null;
}
