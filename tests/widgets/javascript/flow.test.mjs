// What the picture of a network at work shows: which maps, what they say, and where values come from.
import assert from "node:assert/strict";
import test from "node:test";

import { read, unpack } from "../../../ui/widgets/live_reader/network.js";
import { Choice, columnsOf, mapsOf, Picture } from "../../../ui/widgets/network_flow/columns.js";
import * as evidence from "../../../ui/widgets/network_flow/evidence.js";
import * as explanation from "../../../ui/widgets/network_flow/explanation.js";

const OUTPUT = { type: "Dense", units: 10, activation: "softmax" };
const NEAR = 1e-4;

// Weights of 16 bits that differ from each other: between -1 and 1, by steps of 1/64.
function weights(count) {
  return Uint16Array.from({ length: count }, (_, i) => {
    const number = (((i * 37 + 11) % 127) - 63) / 64;
    if (number === 0) return 0;
    const exponent = Math.floor(Math.log2(Math.abs(number)));
    const fraction = Math.round((Math.abs(number) / 2 ** exponent - 1) * 1024);
    return (number < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
  });
}

function network(layers, input, count, members = 1) {
  const all = { model: "ab", temperature: 1, input, members, looks: 1, layers: [...layers, OUTPUT] };
  let header = JSON.stringify(all);
  header += " ".repeat(header.length % 2);
  const file = new Uint8Array(8 + header.length + 2 * count);
  file.set(new TextEncoder().encode("DLW1"));
  new DataView(file.buffer).setUint32(4, header.length, true);
  file.set(new TextEncoder().encode(header), 8);
  file.set(new Uint8Array(weights(count).buffer), 8 + header.length);
  return unpack(file.buffer);
}

const LAYERS = [
  { type: "Conv", filters: 3, size: 3, activation: "linear" },
  { type: "MaxPool", size: 2 },
  { type: "BatchNorm", activation: "relu" },
  { type: "Conv", filters: 5, size: 3, activation: "tanh" },
  { type: "AveragePool", size: 2 },
  { type: "Flatten" },
  { type: "Dense", units: 6, activation: "sigmoid" },
];
const COUNT = 27 + 3 + 6 + 135 + 5 + 5 * 25 * 6 + 6 + 70;

const image = Float32Array.from({ length: 784 }, (_, i) => ((i * 29) % 101) / 100);

function pictured(layers, input, count, slots, members) {
  const found = network(layers, input, count, members);
  const picture = new Picture(found, { evidence, explanation });
  const chances = read(found, image, picture.onLayer, 1);
  picture.update(image, chances);
  return { picture, columns: picture.show({ slots }).columns };
}

test("a normalisation belongs to the layer before it, and Flatten is not to be seen", () => {
  const { picture } = pictured(LAYERS, [28, 28, 1], COUNT, [3, 3, 5, 5, 6, 0]);
  const types = picture.columns.map(({ steps }) => steps.map(({ layer }) => layer.type).join());
  assert.deepEqual(types, ["Conv", "MaxPool,BatchNorm", "Conv", "AveragePool", "Dense", "Dense"]);
  assert.equal(picture.columns[0].source, null);
  assert.equal(picture.columns[4].source, picture.columns[3]);
  const flat = [{ type: "Flatten" }, { type: "BatchNorm" }, { type: "Dense", units: 2 }];
  assert.equal(columnsOf(flat.map((layer) => ({ layer }))).length, 2);
});

test("what is said of a value is what the network has made of it, everywhere", () => {
  for (const [layers, input, count] of [
    [LAYERS, [28, 28, 1], COUNT],
    [[{ type: "Dense", units: 7, activation: "gelu" }], [784], 784 * 7 + 7 + 80],
    [[{ type: "Flatten" }, { type: "BatchNorm" }], [28, 28, 1], 784 * 2 + 7850],
    [[{ type: "Flatten" }], [28, 28, 1], 7850],
  ]) {
    const { picture } = pictured(layers, input, count, [9, 9, 9, 9, 9, 9]);
    picture.columns.forEach(({ shape }, column) => {
      const maps = shape.at(-1);
      for (let map = 0; map < Math.min(maps, 10); map++) {
        const [y, x] = shape.length === 3 ? [shape[0] - 1, (map * 3) % shape[1]] : [0, 0];
        const sheet = picture.look({ sheet: column }).sheet.values;
        const place = shape.length === 3 ? y * shape[1] + x : 0;
        const value = sheet[map * (sheet.length / maps) + place];
        const { explained } = picture.look({ spot: { column, map, x, y } });
        assert.equal(explained.value, value);
        assert.ok(Math.abs(addedUp(explained) - explained.chain[0].total) < NEAR);
        assert.ok(Math.abs(activated(explained) - value) < NEAR, `${column} ${map}: ${value}`);
      }
    });
  }
});

// The parts that are shown, and the rest.
function addedUp({ kind, patches, inputs, rest, values, isMax, value, plus, minus, chain }) {
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  if (kind === "patches") return rest + sum(patches.flatMap((one) => one.values.map((v, i) => v * one.weights[i])));
  if (kind === "inputs") return rest + sum(inputs.map((one) => one.value * one.weight));
  if (kind === "picture") return plus + minus;
  if (kind === "pool") return isMax ? Math.max(...values) : sum(values) / values.length;
  return kind === "scale" ? chain[0].total : value;
}

// The chain from the sum on, worked out once more.
function activated({ chain, value }) {
  let number = chain[0].total;
  for (const { name, amount, total } of chain.slice(1)) {
    if (name === "bias" || name === "shift") number += amount;
    else if (name === "factor") number *= amount;
    else if (name === "relu") number = Math.max(0, number);
    else if (name === "tanh") number = Math.tanh(number);
    else if (name === "sigmoid") number = 1 / (1 + Math.exp(-number));
    else if (name === "softmax") number = value; // the other nine are needed for it
    else number = total;
  }
  return number;
}

test("a square looks at the patch of the maps before that it was made of", () => {
  const { picture } = pictured(LAYERS, [28, 28, 1], COUNT, [3, 3, 5, 5, 6, 0]);
  const at = (column, map, x, y) => picture.look({ spot: { column, map, x, y } }).explained;
  assert.deepEqual(at(0, 1, 4, 7).look, { x: 4, y: 7, size: 3 });
  assert.deepEqual(at(1, 2, 4, 7).look, { x: 8, y: 14, size: 2 });
  const [patch] = at(0, 1, 4, 7).patches;
  assert.deepEqual(patch.values.slice(3, 6), [...image.subarray(8 * 28 + 4, 8 * 28 + 7)]);
  const both = at(2, 4, 1, 2);
  assert.equal(both.patches.length, 2);
  assert.equal(both.others, 1);
  assert.ok(Math.abs(both.patches[0].sum) >= Math.abs(both.patches[1].sum));
  const strongest = at(4, 0, 0, 0).inputs;
  assert.ok(strongest[0].product >= strongest[1].product && strongest[0].product > 0);
  const against = strongest.filter(({ product }) => product < 0);
  assert.ok(against.length > 1 && against[0].product <= against[1].product);
  const { map, x, y, value } = strongest[0];
  assert.equal(picture.look({ sheet: 3 }).sheet.values[map * 25 + y * 5 + x], value);
});

test("the slopes are what a small change of a value makes of the answer", () => {
  for (const [layers, input, count] of [
    [LAYERS, [28, 28, 1], COUNT],
    [[{ type: "Flatten" }, { type: "BatchNorm" }, { type: "Dense", units: 4, activation: "relu" }], [28, 28, 1], 784 * 2 + 784 * 4 + 4 + 50],
  ]) {
    const { members } = network(layers, input, count);
    const [steps] = members;
    const results = new Map();
    let values = image;
    for (const step of steps) results.set(step, (values = step.run(values)).slice());
    const margin = (probabilities) => Math.log(probabilities[3]) - mean(Array.from(probabilities, Math.log));
    const slopes = evidence.slopesOf(steps, results, 3);
    steps.slice(0, -1).forEach((step, number) => {
      const at = 2;
      const changed = results.get(step).slice();
      const small = 1e-2;
      const after = [-small, small].map((change) => {
        const moved = changed.slice();
        moved[at] += change;
        return margin(steps.slice(number + 1).reduce((value, next) => next.run(value), moved));
      });
      const slope = (after[1] - after[0]) / (2 * small);
      const found = slopes.get(step)[at];
      assert.ok(Math.abs(found - slope) < 0.02 * Math.max(1, Math.abs(slope)), `${number}: ${found}, not ${slope}`);
    });
  }
});

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

test("those are shown that say most, and each keeps its place as long as it deserves it", () => {
  const choice = new Choice();
  const hear = (...scores) => choice.hear(Float32Array.from(scores));
  hear(1, 5, 2, 4);
  assert.deepEqual([...choice.choose(2)], [1, 3]);
  // A little more than 4 is no reason to change.
  for (let i = 0; i < 20; i++) hear(1, 5, 5, 4);
  assert.deepEqual(choice.choose(2), [1, 3]);
  // Nor is a moment.
  hear(1, 5, 7, 4);
  assert.deepEqual(choice.choose(2), [1, 3]);
  for (let i = 0; i < 20; i++) hear(1, 5, 7, 4);
  assert.deepEqual(choice.choose(2), [1, 2]);
  // What somebody points at stays, and is there if it was not.
  for (let i = 0; i < 20; i++) hear(9, 5, 0, 9);
  assert.ok(choice.choose(2, 2).includes(2));
  assert.ok(choice.choose(2, 1).includes(1));
  // With room for all, they stand in their own order.
  assert.deepEqual(choice.choose(4), [0, 1, 2, 3]);
});

test("only what is shown is sent, and the weights only when others are shown", () => {
  const dense = [{ type: "Dense", units: 7, activation: "relu" }];
  const { picture, columns } = pictured(dense, [784], 784 * 7 + 7 + 80, [3, 0]);
  assert.equal(columns[0].maps.length, 3);
  assert.equal(columns[0].values.length, 3);
  assert.equal(columns[0].weights.length, 3 * 784);
  assert.equal(columns[0].weights[5], picture.steps[0].weights[5 * 7 + columns[0].maps[0]]);
  assert.equal(columns[1].values.length, 0);
  assert.equal(picture.show({ slots: [3, 0] }).columns[0].weights, undefined);
  assert.equal(picture.show({ slots: [3, 0], isNew: true }).columns[0].weights.length, 3 * 784);
  const { sheet } = picture.look({ sheet: 0 });
  assert.deepEqual([sheet.column, sheet.maps.length, sheet.weights.length], [0, 7, 7 * 784]);
  assert.equal(picture.look({ sheet: 0 }).sheet.weights, undefined);
  assert.deepEqual([...mapsOf(Float32Array.of(1, 2, 3, 4, 5, 6), [1, 2, 3], [2, 0])], [3, 6, 1, 4]);
});

test("what the maps say is worked out when the answer changes, and else now and then", () => {
  const { picture } = pictured(LAYERS, [28, 28, 1], COUNT, [3, 3, 5, 5, 6, 0]);
  let times = 0;
  picture.evidence = { ...evidence, slopesOf: (...all) => (times++, evidence.slopesOf(...all)) };
  const weighed = (digit, now) => {
    picture.update(image, Float32Array.from({ length: 10 }, (_, i) => Number(i === digit)));
    picture.weigh(now);
    return times;
  };
  const counts = [[3, 1000], [3, 1100], [3, 1400], [5, 1401], [5, 1402]].map((at) => weighed(...at));
  assert.deepEqual(counts, [1, 1, 2, 3, 3]);
});

test("of several networks the first is shown, and nothing before there is a drawing", () => {
  const { picture } = pictured(LAYERS, [28, 28, 1], 2 * COUNT, [3, 3, 5, 5, 6, 0], 2);
  const { explained } = picture.look({ spot: { column: 5, map: 3, x: 0, y: 0 } });
  assert.equal(explained.chain.at(-1).name, "softmax");
  const blank = new Picture(network(LAYERS, [28, 28, 1], COUNT), { evidence, explanation });
  assert.deepEqual(blank.look({ spot: { column: 0, map: 0, x: 0, y: 0 } }), {});
});

test("once nothing is drawn there is nothing to point at, and a column that is not there says nothing", () => {
  const { picture } = pictured(LAYERS, [28, 28, 1], COUNT, [3, 3, 5, 5, 6, 0]);
  assert.equal(picture.look({ spot: { column: 9, map: 0, x: 0, y: 0 } }).explained, null);
  picture.clear();
  assert.deepEqual(picture.look({ spot: { column: 0, map: 0, x: 0, y: 0 } }), {});
});
