// @ts-check
// A trained network, run here: weights as mnist_core/models/browser_weights.py packs them in, ten
// probabilities out. Pictures are rows of pixels, each pixel its channels: `(height, width, c)`.

/**
 * @typedef {object} Layer
 * @property {string} type
 * @property {number} [units]
 * @property {number} [filters]
 * @property {number} [size]
 * @property {string} [activation]
 *
 * @typedef {number[]} Shape  `[values]` or `[height, width, channels]`
 * @typedef {(count: number) => Float32Array} Take  the next weights of the file
 *
 * @typedef {object} Step  one layer with its weights; the result is overwritten by the next run
 * @property {Layer} layer
 * @property {Shape} shape  of the result
 * @property {(input: Float32Array) => Float32Array} run
 *
 * @typedef {object} Network
 * @property {string} model  SHA-256 of the model's file, hexadecimal
 * @property {number} temperature  see `calibrated`
 * @property {Step[][]} members  one list of steps each; their probabilities are averaged
 * @property {number} looks  how often it looks at an image, the first time straight
 */

const MAGIC = 0x31574c44; // "DLW1"
const PREAMBLE = 8;
const OUTPUTS = 10;
const SIDE = 28;
/** By how many pixels an image is moved, down and right, for each look. */
const ASIDE = [0, 1, -1];

/** @type {Record<string, (layer: any, shape: Shape, take: Take) => Omit<Step, "layer">>} */
const KINDS = { Dense: dense, Conv: conv, MaxPool: pool, AveragePool: pool, Flatten: flatten, BatchNorm: scale };

/** @type {Record<string, (values: Float32Array) => void>} */
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
 * @returns {Network}
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
  /** @type {Take} */
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
 * What the network says of an image.
 *
 * @param {Network} network
 * @param {Float32Array} image  784 numbers in 0..1
 * @param {(step: Step, result: Float32Array) => void} [look]  shown what each layer of the first
 *   member makes of it at the first look, to be copied at once
 * @param {number} [looks]  fewer than its own are quicker, and nearly as good
 * @returns {Float32Array} ten probabilities
 */
export function read(network, image, look = () => {}, looks = network.looks) {
  const mean = new Float32Array(OUTPUTS);
  for (const aside of ASIDE.slice(0, looks)) {
    const view = aside ? moved(image, aside) : image;
    network.members.forEach((steps, member) => {
      let values = view;
      for (const step of steps) {
        values = step.run(values);
        if (member === 0 && aside === 0) look(step, values);
      }
      for (let digit = 0; digit < OUTPUTS; digit++) mean[digit] += values[digit];
    });
  }
  return mean.map((sum) => sum / (network.members.length * looks));
}

/** @param {Float32Array} image @param {number} aside */
function moved(image, aside) {
  const view = new Float32Array(image.length);
  const [from, to] = [Math.max(0, -aside), Math.min(SIDE, SIDE - aside)];
  for (let row = from; row < to; row++) {
    view.set(image.subarray(row * SIDE + from, row * SIDE + to), (row + aside) * SIDE + from + aside);
  }
  return view;
}

/**
 * As sure as it is right: what the probabilities were with the last sums divided by a temperature.
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

/**
 * @param {Layer[]} layers
 * @param {Shape} shape  of an image as the first layer takes it
 * @param {Take} take
 * @returns {Step[]}
 */
function stack(layers, shape, take) {
  return layers.map((layer) => {
    const build = Object.hasOwn(KINDS, layer.type) && KINDS[layer.type];
    if (!build) throw new Error(`layers of the kind ${layer.type} are not known here`);
    const step = build(layer, shape, take);
    shape = step.shape;
    return { layer, ...step };
  });
}

/** @param {any} layer @param {Shape} shape @param {Take} take */
function dense({ units, activation }, [inputs], take) {
  const [weights, biases] = [take(inputs * units), take(units)];
  const output = new Float32Array(units);
  const activate = activation_(activation);
  return {
    shape: [units],
    /** @param {Float32Array} input */
    run(input) {
      output.set(biases);
      for (let i = 0, at = 0; i < inputs; i++, at += units) {
        // Paper is 0, and so is most of what relu lets through.
        if (input[i] !== 0) addScaled(output, 0, weights, at, units, input[i]);
      }
      activate(output);
      return output;
    },
  };
}

/** @param {any} layer @param {Shape} shape @param {Take} take */
function conv({ filters, size, activation }, [height, width, channels], take) {
  const [weights, biases] = [take(size * size * channels * filters), take(filters)];
  const shape = [height - size + 1, width - size + 1, filters];
  const output = new Float32Array(shape[0] * shape[1] * filters);
  const activate = activation_(activation);
  // The values under one row of a pattern lie in a row themselves.
  const run = size * channels;
  return {
    shape,
    /** @param {Float32Array} input */
    run(input) {
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
      activate(output);
      return output;
    },
  };
}

/** @param {Float32Array} output @param {number} to @param {Float32Array} weights @param {number} at @param {number} count @param {number} factor */
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

/** @param {any} layer @param {Shape} shape */
function pool({ type, size }, [height, width, channels]) {
  const shape = [Math.floor(height / size), Math.floor(width / size), channels];
  const output = new Float32Array(shape[0] * shape[1] * channels);
  const isMax = type === "MaxPool";
  return {
    shape,
    /** @param {Float32Array} input */
    run(input) {
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
      return output;
    },
  };
}

/** @param {any} layer @param {Shape} shape */
function flatten(layer, shape) {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return { shape: [count], run: (/** @type {Float32Array} */ input) => input };
}

// A batch normalisation that could not be folded into the layer before it.
/** @param {any} layer @param {Shape} shape @param {Take} take */
function scale({ activation }, shape, take) {
  const channels = shape[shape.length - 1];
  const [factors, shifts] = [take(channels), take(channels)];
  const output = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
  const activate = activation_(activation);
  return {
    shape,
    /** @param {Float32Array} input */
    run(input) {
      for (let i = 0; i < output.length; i++) {
        output[i] = input[i] * factors[i % channels] + shifts[i % channels];
      }
      activate(output);
      return output;
    },
  };
}

/** @param {string} name */
function activation_(name) {
  if (!Object.hasOwn(ACTIVATIONS, name)) throw new Error(`the activation ${name} is not known here`);
  return ACTIVATIONS[name];
}

/** @param {(x: number) => number} change @returns {(values: Float32Array) => void} */
function each(change) {
  return (values) => {
    for (let i = 0; i < values.length; i++) values[i] = change(values[i]);
  };
}

/** @param {Float32Array} values */
function softmax(values) {
  const largest = Math.max(...values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] = Math.exp(values[i] - largest);
  for (let i = 0; i < values.length; i++) values[i] /= sum;
}

// Abramowitz and Stegun, 7.1.26: right to 1.5e-7.
/** @param {number} x */
function erf(x) {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}

// Browsers have had numbers of 16 bits only since 2025. Sign and fraction move to their places in 32
// bits, and the exponent counts from another zero: that is a factor. There is no infinity here.
/** @param {Uint16Array} halves */
function fromHalves(halves) {
  const numbers = new Float32Array(halves.length);
  const bits = new Uint32Array(numbers.buffer);
  for (let i = 0; i < halves.length; i++) {
    bits[i] = ((halves[i] & 0x8000) << 16) | ((halves[i] & 0x7fff) << 13);
    numbers[i] *= 2 ** 112;
  }
  return numbers;
}
