// The part of a pen's way that can be seen, as mnist_core/drawing/canvas_edge.py has it, which says why.
// The script is no module: it stands before the widget's own.

// Strokes cut at the edge of the canvas: what is left, every point in 0..side.
function cutAtEdge(strokes, brush, side) {
  const [low, high] = [-brush / 2, side + brush / 2];
  const isSeen = (position) => position >= low && position <= high;
  const pieces = strokes.flatMap((stroke) =>
    stroke.every((point) => point.every(isSeen)) ? [stroke] : piecesWithin(stroke, low, high),
  );
  return pieces.map((piece) => piece.map((point) => point.map((at) => clamp(at, 0, side))));
}

function piecesWithin(stroke, low, high) {
  const pieces = [];
  let end; // of the piece before, if it may go on
  for (let next = 1; next < stroke.length; next++) {
    const part = partWithin(stroke[next - 1], stroke[next], low, high);
    if (!part) {
      end = undefined;
      continue;
    }
    const [first, last] = part;
    if (end?.[0] !== first[0] || end[1] !== first[1]) pieces.push([first]);
    pieces.at(-1).push(last);
    end = last;
  }
  return pieces;
}

// The part of a straight line within the square (Liang and Barsky, 1984).
function partWithin(start, stop, low, high) {
  let [begin, end] = [0, 1];
  for (const axis of [0, 1]) {
    const step = stop[axis] - start[axis];
    if (step === 0) {
      if (start[axis] < low || start[axis] > high) return undefined;
      continue;
    }
    const [one, other] = [(low - start[axis]) / step, (high - start[axis]) / step];
    begin = Math.max(begin, Math.min(one, other));
    end = Math.min(end, Math.max(one, other));
  }
  if (begin > end) return undefined;
  const at = (share) => start.map((position, axis) => position + share * (stop[axis] - position));
  return [begin === 0 ? start : at(begin), end === 1 ? stop : at(end)];
}
