// Where everything of the flow lies. The script is no module: it stands before the widget's own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const source = (path) => readFileSync(new URL(`../../../ui/widgets/${path}`, import.meta.url), "utf8");
const scripts = source("shared/elements.js") + source("network_flow/flow_layout.js");
const { layOut, gridOf, hit, placeOf, middleOf } = new Function(
  `${scripts}; return { layOut, gridOf, hit, placeOf, middleOf };`,
)();

const IMAGE = { kind: "image", shape: [28, 28, 1] };
const ANSWERS = { kind: "answers", shape: [10] };
const maps = (side, count) => ({ kind: "maps", shape: [side, side, count] });
const neurons = (count) => ({ kind: "neurons", shape: [count] });
const NETWORKS = {
  larger: [IMAGE, maps(24, 30), maps(12, 30), maps(10, 15), maps(5, 15), neurons(128), neurons(50), ANSWERS],
  best: [IMAGE, maps(24, 32), maps(12, 32), maps(10, 64), maps(8, 96), maps(4, 96), maps(2, 128), neurons(128), ANSWERS],
  dense: [IMAGE, { kind: "pictures", shape: [512] }, neurons(512), ANSWERS],
  none: [IMAGE, ANSWERS],
  one: [IMAGE, maps(28, 1), neurons(1), ANSWERS],
};

for (const [name, columns] of Object.entries(NETWORKS)) {
  for (const [width, height, isCompact] of [[750, 176, false], [1100, 176, false], [354, 150, true], [320, 150, true]]) {
    test(`${name} fits ${width} x ${height}, and nothing lies on anything else`, () => {
      const layout = layOut(columns, width, height, isCompact);
      assert.equal(layout.width, width);
      let right = -1;
      for (const { x, slots, cell, pixel } of layout.columns) {
        assert.ok(x > right && slots.length > 0);
        assert.ok(Number.isInteger(pixel) && slots.every((slot) => Number.isInteger(slot.x + slot.y)));
        right = Math.max(...slots.map((slot) => slot.x + cell[0]));
        assert.ok(slots.every((slot) => slot.y >= 0 && slot.y + cell[1] <= height), name);
      }
      assert.ok(right <= width);
      assert.equal(layout.columns.at(-1).slots.length, 10);
    });
  }
}

test("all maps are shown where there is room, and never more than there are", () => {
  const [, only, neuron] = layOut(NETWORKS.one, 750, 176, false).columns;
  assert.deepEqual([only.slots.length, neuron.slots.length], [1, 1]);
  const shown = layOut(NETWORKS.larger, 1100, 176, false).columns.map(({ slots }) => slots.length);
  assert.ok(shown[1] >= 8 && shown[2] >= 8 && shown[4] >= 6, shown);
});

test("what does not fit is as wide as it must be", () => {
  const columns = [IMAGE, ...new Array(30).fill(maps(20, 8)), ANSWERS];
  const layout = layOut(columns, 354, 150, true);
  assert.ok(layout.width > 354);
  assert.ok(layout.columns.at(-1).x < layout.width);
});

test("a point hits the value that lies there, and a finger what is near", () => {
  const layout = layOut(NETWORKS.larger, 750, 176, false);
  const { slots, pixel, cell } = layout.columns[1];
  const last = slots.at(-1);
  assert.deepEqual(hit(layout, last.x + 3.5 * pixel, last.y + 7.5 * pixel), {
    column: 1, slot: slots.length - 1, x: 3, y: 7,
  });
  assert.equal(hit(layout, slots[0].x + cell[0] + 1.5, slots[0].y - 5), null);
  assert.deepEqual(hit(layout, slots[0].x - 4, slots[0].y - 4, 8), { column: 1, slot: 0, x: 0, y: 0 });
  const digit = hit(layout, ...middleOf(layout.columns.at(-1), 7));
  assert.deepEqual(digit, { column: 7, slot: 7, x: 0, y: 0 });
});

test("a patch lies where its values do; a neuron has but one place", () => {
  const layout = layOut(NETWORKS.larger, 750, 176, false);
  const [, first] = layout.columns;
  const { x, y } = first.slots[2];
  const { pixel } = first;
  assert.deepEqual(placeOf(first, 2, 4, 5, 3), { x: x + 4 * pixel, y: y + 5 * pixel, width: 3 * pixel, height: 3 * pixel });
  assert.equal(placeOf(first, -1, 0, 0, 1), null);
  const neuron = layout.columns[5];
  assert.equal(placeOf(neuron, 3, 0, 0, 1).width, neuron.cell[0]);
});

test("a sheet has all maps of a layer, and fits the width", () => {
  for (const column of NETWORKS.best.slice(1, -1).concat(NETWORKS.dense[1])) {
    const grid = gridOf(column, 330);
    assert.equal(grid.slots.length, column.shape.at(-1));
    assert.ok(grid.slots.every(({ x, y }) => x + grid.cell[0] <= 330 && y + grid.cell[1] <= grid.height));
    const { slot } = hit({ columns: [grid] }, ...middleOf(grid, grid.slots.length - 1));
    assert.equal(slot, grid.slots.length - 1);
  }
});
