// A trained network, run here: weights as mnist_core/models/browser_weights.py packs them in, ten
// probabilities out. Pictures are rows of pixels, each pixel its channels: `(height, width, c)`.
//
// A layer is an object as in the file's header, such as `{ type: "Dense", units: 10, activation:
// "relu" }`; a shape is `[values]` or `[height, width, channels]`. A step is a layer with its weights,
// `{ layer, input, shape, weights, biases, run(input) }`: `input` and `shape` are the shapes of what it
// gets and of its result, which the next run overwrites; weights lie input by input, `weights[input *
// outputs + output]`, and those of a normalisation are its factors.

const MAGIC = 0x31574c44; // "DLW1"
const PREAMBLE = 8;
const OUTPUTS = 10;
const SIDE = 28;
// By how many pixels an image is moved, down and right, for each look.
const ASIDE = [0, 1, -1];

// Of each kind of layer: its result's shape, given that of its input, and what computes it.
const KINDS = {
  Dense: dense,
  Conv: conv,
  MaxPool: pool,
  AveragePool: pool,
  Flatten: flatten,
  BatchNorm: normalise,
};

const ACTIVATIONS = {
  linear: () => {},
  relu: each((x) => (x > 0 ? x : 0)),
  tanh: each(Math.tanh),
  sigmoid: each((x) => 1 / (1 + Math.exp(-x))),
  gelu: each((x) => (x / 2) * (1 + erf(x / Math.SQRT2))),
  softmax,
};

/**
 * Take a network out of its file.
 *
 * @param {ArrayBuffer} file
 * @returns its `model` (SHA-256 of the model's file, hexadecimal), `temperature` (see `calibrated`),
 *   `looks` (how often it looks at an image) and `members` (lists of steps; their mean counts)
 * @throws {Error} it is no such file, is cut short, or has a layer that is not known here
 */
export function unpack(file) {
  const view = new DataView(file);
  if (file.byteLength < PREAMBLE || view.getUint32(0, true) !== MAGIC) {
    throw new Error("this is no file of weights");
  }
  const begin = PREAMBLE + view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, PREAMBLE, begin - PREAMBLE)));
  const weights = fromHalves(new Uint16Array(file.slice(begin)));
  let taken = 0;
  const take = (count) => {
    if (taken + count > weights.length) throw new Error("weights are missing");
    taken += count;
    return weights.subarray(taken - count, taken);
  };
  const members = Array.from({ length: header.members }, () => stack(header.layers, header.input, take));
  if (taken !== weights.length) throw new Error("there are weights left over");
  return { model: header.model, temperature: header.temperature, looks: header.looks, members };
}

/**
 * Read an image.
 *
 * @param network  as `unpack` returns it
 * @param {Float32Array} image  784 numbers in 0..1
 * @param [onLayer]  called with each step of the first member and its result at the first look, to
 *   be copied at once
 * @param {number} [looks]  fewer than its own are quicker, and nearly as good
 * @returns {Float32Array} ten probabilities
 */
export function read(network, image, onLayer = () => {}, looks = network.looks) {
  const mean = new Float32Array(OUTPUTS);
  for (const aside of ASIDE.slice(0, looks)) {
    const view = aside ? moved(image, aside) : image;
    network.members.forEach((steps, member) => {
      let values = view;
      for (const step of steps) {
        values = step.run(values);
        if (member === 0 && aside === 0) onLayer(step, values);
      }
      for (let digit = 0; digit < OUTPUTS; digit++) mean[digit] += values[digit];
    });
  }
  return mean.map((sum) => sum / (network.members.length * looks));
}

function moved(image, aside) {
  const view = new Float32Array(image.length);
  const [from, to] = [Math.max(0, -aside), Math.min(SIDE, SIDE - aside)];
  for (let row = from; row < to; row++) {
    view.set(image.subarray(row * SIDE + from, row * SIDE + to), (row + aside) * SIDE + from + aside);
  }
  return view;
}

/**
 * Make probabilities as sure as they are right: as if the last sums were divided by a temperature.
 *
 * @param {Float32Array} probabilities
 * @param {number} temperature  1 changes nothing
 * @returns {Float32Array}
 */
export function calibrated(probabilities, temperature) {
  const powers = probabilities.map((chance) => chance ** (1 / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

// The steps of a network, given the shape of an image and what takes the next weights of the file.
function stack(layers, input, take) {
  let shape = input;
  return layers.map((layer) => {
    const input = shape;
    const { compute, ...step } = known(KINDS, layer.type)(layer, input, take);
    const activate = known(ACTIVATIONS, layer.activation ?? "linear");
    const output = new Float32Array(size(step.shape));
    const run = (values) => {
      compute(values, output);
      activate(output);
      return output;
    };
    shape = step.shape;
    return { ...step, layer, input, run };
  });
}

function known(table, name) {
  if (!Object.hasOwn(table, name)) throw new Error(`${name} is not known here`);
  return table[name];
}

function dense({ units }, [inputs], take) {
  const [weights, biases] = [take(inputs * units), take(units)];
  const compute = (input, output) => {
    output.set(biases);
    for (let i = 0, at = 0; i < inputs; i++, at += units) {
      // Paper is 0, and so is most of what relu lets through.
      if (input[i] !== 0) addScaled(output, 0, weights, at, units, input[i]);
    }
  };
  return { shape: [units], weights, biases, compute };
}

function conv({ filters, size }, [height, width, channels], take) {
  const [weights, biases] = [take(size * size * channels * filters), take(filters)];
  const shape = [height - size + 1, width - size + 1, filters];
  // The values under one row of a pattern lie in a row themselves.
  const run = size * channels;
  const compute = (input, output) => {
    for (let y = 0, to = 0; y < shape[0]; y++) {
      for (let x = 0; x < shape[1]; x++, to += filters) {
        output.set(biases, to);
        for (let row = 0, at = 0; row < size; row++) {
          const from = ((y + row) * width + x) * channels;
          for (let i = from; i < from + run; i++, at += filters) {
            if (input[i] !== 0) addScaled(output, to, weights, at, filters, input[i]);
          }
        }
      }
    }
  };
  return { shape, weights, biases, compute };
}

// Adds `count` weights from `at` on, times a factor, to the output from `to` on.
function addScaled(output, to, weights, at, count, factor) {
  const end = to + count;
  // Four at a time is a quarter faster.
  for (; to + 3 < end; to += 4, at += 4) {
    output[to] += factor * weights[at];
    output[to + 1] += factor * weights[at + 1];
    output[to + 2] += factor * weights[at + 2];
    output[to + 3] += factor * weights[at + 3];
  }
  for (; to < end; to++, at++) output[to] += factor * weights[at];
}

function pool({ type, size }, [height, width, channels]) {
  const shape = [Math.floor(height / size), Math.floor(width / size), channels];
  const isMax = type === "MaxPool";
  const compute = (input, output) => {
    output.fill(isMax ? -Infinity : 0);
    for (let y = 0; y < shape[0] * size; y++) {
      for (let x = 0; x < shape[1] * size; x++) {
        const from = (y * width + x) * channels;
        const to = (Math.floor(y / size) * shape[1] + Math.floor(x / size)) * channels;
        for (let c = 0; c < channels; c++) {
          if (!isMax) output[to + c] += input[from + c] / (size * size);
          else if (input[from + c] > output[to + c]) output[to + c] = input[from + c];
        }
      }
    }
  };
  return { shape, compute };
}

function flatten(layer, shape) {
  return { shape: [size(shape)], compute: (input, output) => output.set(input) };
}

// A batch normalisation that could not be folded into the layer before it.
function normalise(layer, shape, take) {
  const channels = shape.at(-1);
  const [weights, biases] = [take(channels), take(channels)];
  const compute = (input, output) => {
    for (let i = 0; i < output.length; i++) {
      output[i] = input[i] * weights[i % channels] + biases[i % channels];
    }
  };
  return { shape, weights, biases, compute };
}

// How many values there are in a result of this shape.
function size(shape) {
  return shape.reduce((product, extent) => product * extent, 1);
}

function each(change) {
  return (values) => {
    for (let i = 0; i < values.length; i++) values[i] = change(values[i]);
  };
}

function softmax(values) {
  const largest = Math.max(...values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] = Math.exp(values[i] - largest);
  for (let i = 0; i < values.length; i++) values[i] /= sum;
}

// Abramowitz and Stegun, 7.1.26: right to 1.5e-7.
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}

// Browsers have had numbers of 16 bits only since 2025. Sign and fraction move to their places in 32
// bits, and the exponent counts from another zero: that is a factor. There is no infinity here.
function fromHalves(halves) {
  const numbers = new Float32Array(halves.length);
  const bits = new Uint32Array(numbers.buffer);
  for (let i = 0; i < halves.length; i++) {
    bits[i] = ((halves[i] & 0x8000) << 16) | ((halves[i] & 0x7fff) << 13);
    numbers[i] *= 2 ** 112;
  }
  return numbers;
}
