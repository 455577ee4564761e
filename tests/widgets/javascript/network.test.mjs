// Run by Node's own test runner:
// tests/widgets/test_javascript.py, or `node --test tests/widgets/javascript/`.
import assert from "node:assert/strict";
import test from "node:test";

import { calibrated, read, unpack } from "../../../ui/widgets/live_reader/network.js";

const OUTPUT = { type: "Dense", units: 10, activation: "softmax" };

// Small whole numbers and simple fractions as numbers of 16 bits.
function half(number) {
  if (typeof number === "object") return number.bits;
  if (number === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(number)));
  const fraction = (Math.abs(number) / 2 ** exponent - 1) * 1024;
  assert.equal(fraction, Math.round(fraction), `${number} does not fit`);
  return (number < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
}

function file(layers, input, weights, { members = 1, looks = 1 } = {}) {
  let header = JSON.stringify({ model: "ab12", temperature: 2, input, members, looks, layers });
  header += " ".repeat(header.length % 2);
  const bytes = new Uint8Array(8 + header.length + 2 * weights.length);
  bytes.set(new TextEncoder().encode("DLW1"));
  const view = new DataView(bytes.buffer);
  view.setUint32(4, header.length, true);
  bytes.set(new TextEncoder().encode(header), 8);
  weights.forEach((weight, i) => view.setUint16(8 + header.length + 2 * i, half(weight), true));
  return bytes.buffer;
}

// What the layers make of an input, before the ten outputs, which see nothing of it.
function through(layers, input, values, weights = []) {
  const results = [];
  const look = (step, result) => results.push({ shape: step.shape, values: [...result] });
  const count = size(layers, input);
  const all = [...weights, ...new Array(10 * count + 10).fill(0)];
  const network = unpack(file([...layers, OUTPUT], input, all));
  const chances = read(network, Float32Array.from(values), look);
  assert.deepEqual([...chances], new Array(10).fill(Math.fround(0.1)));
  return results.at(-2);
}

function size(layers, input) {
  const last = layers.at(-1);
  assert.equal(last.type === "Flatten" || last.type === "Dense" || input.length === 1, true);
  if (last.type === "Dense") return last.units;
  if (last.type !== "Flatten") return input[0];
  return layers.reduce(
    ([height, width, channels], { type, size, filters }) => {
      if (type === "Conv") return [height - size + 1, width - size + 1, filters];
      if (type.endsWith("Pool")) return [Math.floor(height / size), Math.floor(width / size), channels];
      return [height, width, channels];
    },
    input,
  ).reduce((product, extent) => product * extent);
}

function near(found, expected, within = 1e-6) {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) <= within, `${found} is not ${expected}`));
}

test("a dense layer adds its inputs up, times weights", () => {
  const layer = { type: "Dense", units: 5, activation: "linear" };
  const weights = [1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 0.5, 0.25, 0, -1, -2];
  const { values } = through([layer], [2], [3, -1], weights);
  near(values, [-6.5, -13.75, -21, -29, -37]);
});

test("a convolution looks everywhere, with every pattern, in every channel", () => {
  // 3 x 3 pixels of 2 channels; 2 patterns of 2 x 2 pixels.
  const input = Array.from({ length: 18 }, (_, i) => i - 4);
  const weights = Array.from({ length: 16 }, (_, i) => ((i * 7) % 5) - 2);
  const biases = [0.5, -3];
  const expected = [];
  for (let y = 0; y < 2; y++)
    for (let x = 0; x < 2; x++)
      for (let f = 0; f < 2; f++) {
        let sum = biases[f];
        for (let dy = 0; dy < 2; dy++)
          for (let dx = 0; dx < 2; dx++)
            for (let c = 0; c < 2; c++)
              sum += input[((y + dy) * 3 + x + dx) * 2 + c] * weights[((dy * 2 + dx) * 2 + c) * 2 + f];
        expected.push(sum);
      }
  const layer = { type: "Conv", filters: 2, size: 2, activation: "linear" };
  const { values } = through([layer, { type: "Flatten" }], [3, 3, 2], input, [...weights, ...biases]);
  near(values, expected);
});

test("pooling keeps the largest, or the mean; an odd edge falls away", () => {
  // 3 x 5 pixels of 1 channel, blocks of 2 x 2.
  const input = [1, 2, -3, -4, 9, 3, 4, -5, -6, 9, 9, 9, 9, 9, 9];
  const flat = { type: "Flatten" };
  near(through([{ type: "MaxPool", size: 2 }, flat], [3, 5, 1], input).values, [4, -3]);
  near(through([{ type: "AveragePool", size: 2 }, flat], [3, 5, 1], input).values, [2.5, -4.5]);
});

test("a normalisation is a factor and a shift for each channel", () => {
  const layer = { type: "BatchNorm", activation: "relu" };
  const { values } = through([layer, { type: "Flatten" }], [1, 2, 2], [1, 2, 3, 4], [2, -1, 0.5, 3]);
  near(values, [2.5, 1, 6.5, 0]);
});

for (const [activation, expected] of Object.entries({
  linear: [-3, -0.5, 0, 1, 20],
  relu: [0, 0, 0, 1, 20],
  tanh: [-0.9950547, -0.4621172, 0, 0.7615942, 1],
  sigmoid: [0.0474259, 0.3775407, 0.5, 0.7310586, 1],
  gelu: [-0.0040496, -0.1542688, 0, 0.8413447, 20],
  softmax: [0, 0, 0, 0, 1],
})) {
  test(`the activation ${activation}`, () => {
    const layer = { type: "BatchNorm", activation };
    const { values } = through([layer], [5], [-3, -0.5, 0, 1, 20], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    near(values, expected);
  });
}

test("softmax does not overflow", () => {
  const weights = [...[1000, 990, -1000, 0, 0, 0, 0, 0, 0, 0], ...new Array(10).fill(0)];
  const chances = read(unpack(file([OUTPUT], [1], weights)), Float32Array.of(1));
  near(chances, [0.9999546, 0.0000454, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test("several members say the mean of what each says", () => {
  const one = [...[8, 0, 0, 0, 0, 0, 0, 0, 0, 0], ...new Array(10).fill(0)];
  const other = [...[0, 8, 0, 0, 0, 0, 0, 0, 0, 0], ...new Array(10).fill(0)];
  const network = unpack(file([OUTPUT], [1], [...one, ...other], { members: 2 }));
  const chances = read(network, Float32Array.of(1));
  assert.ok(Math.abs(chances[0] - chances[1]) < 1e-7 && chances[0] > 0.49);
  assert.ok(Math.abs(chances.reduce((sum, chance) => sum + chance) - 1) < 1e-6);
});

test("three looks, two of them a pixel aside, say the mean", () => {
  // Ten neurons that see one pixel of the row in the middle each, a diagonal further on.
  const pixels = 28 * 28;
  const weights = new Array(10 * pixels + 10).fill(0);
  for (let digit = 0; digit < 10; digit++) weights[(10 * 28 + 10 + digit * 29) * 10 + digit] = 8;
  const network = unpack(file([OUTPUT], [pixels], weights, { looks: 3 }));
  const image = new Float32Array(pixels);
  image[10 * 28 + 10 + 4 * 29] = 1;
  const chances = read(network, image);
  // Straight, it is seen by number 4; moved by a pixel down and right by 5, up and left by 3.
  assert.ok(Math.abs(chances[3] - chances[4]) < 1e-6 && Math.abs(chances[5] - chances[4]) < 1e-6);
  assert.ok(chances[4] > 0.32 && chances[0] < 0.01);
  assert.ok(read(network, image, undefined, 1)[4] > 0.99);
  image.fill(0);
  image[pixels - 1] = 1;
  near(read(network, image), new Array(10).fill(0.1));
});

test("the weights have 16 bits, the smallest too", () => {
  // The largest, its negative, 1/3, the smallest of full precision, the largest and the smallest
  // below it, and both zeros.
  const bits = [0x7bff, 0xfbff, 0x3555, 0x0400, 0x03ff, 0x0001, 0x8001, 0x0000, 0x8000];
  const expected = [65504, -65504, 0.333251953125, 2 ** -14, 1023 * 2 ** -24, 2 ** -24, -(2 ** -24), 0, 0];
  const layer = { type: "Dense", units: bits.length, activation: "linear" };
  const nothing = new Array(bits.length).fill(0);
  const { values } = through([layer], [1], [1], [...bits.map((bits) => ({ bits })), ...nothing]);
  assert.deepEqual(values, expected);
});

test("a network says which model it is, and how hot", () => {
  const network = unpack(file([OUTPUT], [1], new Array(20).fill(0)));
  assert.deepEqual([network.model, network.temperature], ["ab12", 2]);
});

test("temperature makes it less sure, and changes no order", () => {
  const chances = Float32Array.of(0.64, 0.16, 0.04, 0.16, 0, 0, 0, 0, 0, 0);
  near(calibrated(chances, 2), [0.8, 0.4, 0.2, 0.4, 0, 0, 0, 0, 0, 0].map((root) => root / 1.8));
  near(calibrated(chances, 1), chances);
});

test("what is not known, cut short or too long is refused, with the reason", () => {
  const nothing = new Array(20).fill(0);
  assert.throws(() => unpack(new ArrayBuffer(3)), /no file of weights/);
  assert.throws(() => unpack(new ArrayBuffer(64)), /no file of weights/);
  assert.throws(() => unpack(file([OUTPUT], [1], nothing.slice(1))), /missing/);
  assert.throws(() => unpack(file([OUTPUT], [1], [...nothing, 0])), /left over/);
  for (const type of ["Attention", "constructor", "__proto__"]) {
    assert.throws(() => unpack(file([{ type }, OUTPUT], [1], nothing)), /not known/);
  }
  const odd = { ...OUTPUT, activation: "swish" };
  assert.throws(() => unpack(file([odd], [1], nothing)), /swish is not known/);
});
