// Which of several pointers draws. The script is no module: it stands before the widget's own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const source = readFileSync(new URL("../../../ui/widgets/canvas/pointer_pen.js", import.meta.url), "utf8");
const makePointerPen = new Function(`${source}; return makePointerPen;`)();

// A pen on a canvas, the strokes it has drawn, and a clock.
function paper() {
  const found = { strokes: [], now: 0, cancelled: 0 };
  let stroke;
  const hand = {
    begin: (point) => (stroke = [point]),
    extend: (point) => stroke.push(point),
    end: () => found.strokes.push(stroke),
    cancel: () => (found.cancelled += 1),
  };
  found.pen = makePointerPen(hand, () => found.now);
  const event = (id, type, x, y, more) => ({ id, type, point: [x, y], button: 0, width: 20, ...more });
  found.press = (id, type, x, y, more) => found.pen.press(event(id, type, x, y, more));
  found.move = (id, type, x, y, more) => found.pen.move(event(id, type, x, y, more));
  found.lift = (id) => found.pen.lift({ id });
  return found;
}

function line(on, id, type, [x, y] = [100, 100]) {
  on.press(id, type, x, y);
  for (const step of [10, 20, 30]) on.move(id, type, x + step, y);
  on.lift(id);
}

for (const type of ["mouse", "pen", "touch"]) {
  test(`one ${type} draws every point, from where it was put down`, () => {
    const on = paper();
    line(on, 1, type);
    assert.deepEqual(on.strokes, [[[100, 100], [110, 100], [120, 100], [130, 100]]]);
    line(on, 2, type, [50, 50]);
    assert.equal(on.strokes.length, 2);
  });
  test(`a ${type} that does not move makes a dot`, () => {
    const on = paper();
    on.press(1, type, 5, 6);
    on.lift(1);
    assert.deepEqual(on.strokes, [[[5, 6]]]);
  });
}

test("a palm that rests draws nothing, and the pen beside it draws", () => {
  const on = paper();
  on.press(1, "touch", 290, 300);
  on.move(1, "touch", 291, 301);
  line(on, 2, "pen");
  on.move(1, "touch", 200, 200);
  on.lift(1);
  assert.equal(on.strokes.length, 1);
  assert.deepEqual(on.strokes[0][0], [100, 100]);
});

test("a palm that has begun to draw is given up for the pen", () => {
  const on = paper();
  on.press(1, "touch", 290, 300);
  for (const x of [270, 250, 230]) on.move(1, "touch", x, 300);
  line(on, 2, "pen");
  on.lift(1);
  assert.equal(on.cancelled, 1);
  assert.equal(on.strokes.length, 1);
  assert.deepEqual(on.strokes[0][0], [100, 100]);
});

test("a finger beside a palm: the first that moves draws, once and whole", () => {
  const on = paper();
  on.press(1, "touch", 290, 300);
  on.press(2, "touch", 100, 100);
  for (const x of [105, 110, 115, 120]) {
    on.move(1, "touch", 290 + (x % 2), 300);
    on.move(2, "touch", x, 100);
  }
  on.lift(2);
  on.move(1, "touch", 200, 200);
  on.lift(1);
  assert.deepEqual(on.strokes, [[[100, 100], [105, 100], [110, 100], [115, 100], [120, 100]]]);
});

test("a palm that slips a little before the finger comes is given up", () => {
  const on = paper();
  on.press(1, "touch", 290, 300);
  on.move(1, "touch", 286, 300);
  line(on, 2, "touch");
  on.lift(1);
  assert.equal(on.cancelled, 1);
  assert.deepEqual(on.strokes.map(([first]) => first), [[100, 100]]);
});

test("a second finger changes nothing, whichever is lifted first", () => {
  for (const first of [1, 2]) {
    const on = paper();
    on.press(1, "touch", 100, 100);
    for (const x of [110, 120, 130]) on.move(1, "touch", x, 100);
    on.press(2, "touch", 40, 280);
    on.move(2, "touch", 60, 200);
    on.move(1, "touch", 140, 100);
    on.lift(first);
    on.move(3 - first, "touch", 10, 10);
    on.lift(3 - first);
    assert.equal(on.strokes.length, 1);
    assert.deepEqual(on.strokes[0].slice(0, 5), [[100, 100], [110, 100], [120, 100], [130, 100], [140, 100]]);
    line(on, 4, "touch");
    assert.equal(on.strokes.length, 2);
  }
});

test("a pen that hovers does not draw, and keeps the hand below it from drawing", () => {
  const on = paper();
  on.move(1, "pen", 50, 50);
  line(on, 2, "touch");
  assert.equal(on.strokes.length, 0);
  on.now = 5000;
  line(on, 3, "touch");
  assert.equal(on.strokes.length, 1);
});

test("what is as wide as a palm, rests too long or is taken by the system is no stroke", () => {
  const on = paper();
  on.press(1, "touch", 100, 100, { width: 120 });
  on.move(1, "touch", 150, 100);
  on.lift(1);
  on.press(2, "touch", 100, 100);
  on.now = 3000;
  on.lift(2);
  on.press(3, "touch", 100, 100);
  on.move(3, "touch", 150, 100);
  on.pen.drop({ id: 3 });
  assert.deepEqual([on.strokes.length, on.cancelled, on.pen.isDrawing()], [0, 1, false]);
  line(on, 4, "touch");
  assert.equal(on.strokes.length, 1);
});

test("other buttons do not draw", () => {
  const on = paper();
  on.press(1, "mouse", 100, 100, { button: 2 });
  on.move(1, "mouse", 150, 100);
  on.lift(1);
  assert.equal(on.strokes.length, 0);
});
