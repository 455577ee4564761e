import assert from "node:assert/strict";
import test from "node:test";

import { SIDE, toMnist } from "../../../ui/widgets/live_reader/mnist_image.js";

function canvas(width, height, ink) {
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) values[y * width + x] = ink(x, y);
  return { width, height, values };
}

const within = (x, y, left, top, right, bottom) => x >= left && x < right && y >= top && y < bottom;

// The smallest rectangle with ink: left, top, width, height.
function box(image) {
  const rows = [], columns = [];
  image.forEach((ink, place) => {
    if (ink === 0) return;
    rows.push(Math.floor(place / SIDE));
    columns.push(place % SIDE);
  });
  const [left, top] = [Math.min(...columns), Math.min(...rows)];
  return [left, top, Math.max(...columns) - left + 1, Math.max(...rows) - top + 1];
}

test("no ink, too little of it, or ink everywhere is no digit", () => {
  assert.equal(toMnist(canvas(280, 280, () => 0)), null);
  assert.equal(toMnist(canvas(280, 280, () => 255)), null);
  assert.equal(toMnist(canvas(280, 280, (x, y) => (within(x, y, 9, 9, 99, 99) ? 15 : 0))), null);
});

test("the longer side becomes 20 pixels, wherever the ink is and however strong", () => {
  for (const [left, top, ink] of [[10, 20, 255], [150, 100, 30], [0, 0, 128]]) {
    const image = toMnist(canvas(280, 280, (x, y) => (within(x, y, left, top, left + 50, top + 100) ? ink : 0)));
    assert.deepEqual(box(image), [9, 4, 10, 20]);
    assert.equal(Math.max(...image), 1);
  }
});

test("the centre of mass falls on pixel 14, but no ink is cut off", () => {
  // A heavy foot under a thin, long line.
  const foot = toMnist(canvas(280, 280, (x, y) => (within(x, y, 130, 40, 134, 200) || within(x, y, 80, 200, 184, 240) ? 255 : 0)));
  const [, top, , height] = box(foot);
  assert.deepEqual([top, height], [0, 20]);
  let [mass, moment] = [0, 0];
  foot.forEach((ink, place) => {
    mass += ink;
    moment += ink * (place % SIDE);
  });
  assert.equal(Math.floor(moment / mass + 0.5), 14);
});

test("a dot stays small", () => {
  const [, , width, height] = box(toMnist(canvas(280, 280, (x, y) => (x === 100 && y === 50 ? 255 : 0))));
  assert.ok(Math.max(width, height) <= 4);
});

test("a dot far from the digit does not count, a part of the digit does", () => {
  const digit = (x, y) => within(x, y, 100, 100, 140, 200);
  const alone = toMnist(canvas(280, 280, (x, y) => (digit(x, y) ? 255 : 0)));
  const dotted = (left, top) =>
    toMnist(canvas(280, 280, (x, y) => (digit(x, y) || within(x, y, left, top, left + 9, top + 9) ? 255 : 0)));
  assert.deepEqual(dotted(5, 5), alone);
  assert.deepEqual(dotted(270, 268), alone);
  assert.notDeepEqual(dotted(145, 100), alone);
});

test("edges too faint to see do not stretch the box", () => {
  const ink = (x, y) => (within(x, y, 100, 100, 140, 180) ? 200 : within(x, y, 60, 60, 200, 240) ? 20 : 0);
  assert.deepEqual(box(toMnist(canvas(280, 280, ink))), [9, 4, 10, 20]);
});

test("dark ink on light paper is ink, too", () => {
  const light = canvas(280, 280, (x, y) => (within(x, y, 30, 40, 80, 200) ? 240 : 10));
  const dark = canvas(280, 280, (x, y) => (within(x, y, 30, 40, 80, 200) ? 10 : 240));
  assert.deepEqual(toMnist(dark), toMnist(light));
});
