// How much each value in a network speaks for the answer that it gives, worked out in the worker:
// the value times how much the answer would change with it.

// The slope of an activation where its result is this value.
const SLOPES = {
  linear: () => 1,
  relu: (value) => (value > 0 ? 1 : 0),
  // Nearly so, and all that is wanted here.
  gelu: (value) => (value > 0 ? 1 : 0),
  tanh: (value) => 1 - value * value,
  sigmoid: (value) => value * (1 - value),
  softmax: (value) => value * (1 - value),
};

// Of each kind of layer: the slopes of its input, given those of its sums.
const BACKWARDS = {
  Dense: throughDense,
  Conv: throughConv,
  MaxPool: throughPool,
  AveragePool: throughPool,
  Flatten: (step, slopes) => slopes,
  BatchNorm: ({ weights }, slopes) => slopes.map((slope, i) => slope * weights[i % weights.length]),
};

/**
 * By how much the sum of one answer, less the mean of all answers' sums, changes with each value.
 *
 * @param {object[]} steps  of one member of a network, see network.js
 * @param {Map<object, Float32Array>} results  of all steps
 * @param {number} digit  the answer
 * @returns {Map<object, Float32Array>} of all steps but the last: as many numbers as its result has
 */
export function slopesOf(steps, results, digit) {
  const found = new Map();
  const outputs = steps.at(-1).shape[0];
  let slopes = new Float32Array(outputs).fill(-1 / outputs);
  slopes[digit] += 1;
  for (let number = steps.length - 1; number > 0; number--) {
    const [step, before] = [steps[number], steps[number - 1]];
    if (number < steps.length - 1) slopes = throughActivation(step, slopes, results.get(step));
    slopes = BACKWARDS[step.layer.type](step, slopes, results.get(before), results.get(step));
    found.set(before, slopes);
  }
  return found;
}

/** How much each map or neuron says for the answer or against it: by size, in 0 and more. */
export function evidence(values, slopes, count) {
  const sums = new Float32Array(count);
  for (let i = 0; i < values.length; i++) sums[i % count] += values[i] * slopes[i];
  return sums.map(Math.abs);
}

function throughActivation({ layer }, slopes, values) {
  const slope = SLOPES[layer.activation ?? "linear"];
  return slopes.map((number, i) => number * slope(values[i]));
}

function throughDense({ weights, input: [inputs], shape: [units] }, slopes) {
  const found = new Float32Array(inputs);
  for (let i = 0, at = 0; i < inputs; i++) {
    for (let unit = 0; unit < units; unit++, at++) found[i] += weights[at] * slopes[unit];
  }
  return found;
}

function throughConv({ layer: { size, filters }, weights, input, shape }, slopes) {
  const [height, width, channels] = input;
  const found = new Float32Array(height * width * channels);
  const run = size * channels;
  for (let place = 0, from = 0; place < shape[0] * shape[1]; place++, from += filters) {
    const [y, x] = [Math.floor(place / shape[1]), place % shape[1]];
    // Most filters say nothing at most places.
    const saying = [];
    for (let filter = 0; filter < filters; filter++) if (slopes[from + filter]) saying.push(filter);
    if (!saying.length) continue;
    for (let row = 0, at = 0; row < size; row++) {
      const to = ((y + row) * width + x) * channels;
      for (let i = to; i < to + run; i++, at += filters) {
        for (const filter of saying) found[i] += weights[at + filter] * slopes[from + filter];
      }
    }
  }
  return found;
}

function throughPool({ layer: { type, size }, input, shape }, slopes, before, result) {
  const [height, width, channels] = input;
  const found = new Float32Array(height * width * channels);
  for (let y = 0; y < shape[0] * size; y++) {
    for (let x = 0; x < shape[1] * size; x++) {
      const from = (y * width + x) * channels;
      const to = (Math.floor(y / size) * shape[1] + Math.floor(x / size)) * channels;
      for (let c = 0; c < channels; c++) {
        if (type === "AveragePool") found[from + c] = slopes[to + c] / (size * size);
        else if (before[from + c] === result[to + c]) found[from + c] = slopes[to + c];
      }
    }
  }
  return found;
}
