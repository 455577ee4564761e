// How the parts of the flow are drawn: maps of values, bars, and what lies between them.

// White is much and black nothing, as in what the network sees; less than nothing is blue, and of
// weights what speaks for something is orange.
const [FOR, AGAINST] = ["#e07b00", "#3d8bff"];
const ROOM_FOR_PERCENTAGES = 90;
const BLACK = 0xff000000;
const WHITE_STEP = 0x010101;

const sheet = element("canvas"); // a pixel a value

// A canvas of this size in the page's pixels, sharp on every screen.
function fit(canvas, width, height) {
  const sharpness = devicePixelRatio || 1;
  canvas.sharpness = sharpness;
  [canvas.width, canvas.height] = [Math.round(width * sharpness), Math.round(height * sharpness)];
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
}

function pixelPen(canvas) {
  const pen = canvas.getContext("2d");
  pen.setTransform(canvas.sharpness, 0, 0, canvas.sharpness, 0, 0);
  pen.imageSmoothingEnabled = false;
  return pen;
}

// Values from -1 to 1 as pixels: their colours are little-endian, blue first.
function lightOf(value) {
  const light = Math.round(255 * Math.min(1, Math.abs(value)));
  if (value < 0) return BLACK | (light << 16) | ((light >> 1) << 8) | (light >> 2);
  return BLACK | (light * WHITE_STEP);
}

function weightOf(value) {
  const light = lightOf(value);
  return value < 0 ? light : BLACK | ((light >> 1) & 0x7f00) | (light & 255);
}

/**
 * Maps in their slots.
 *
 * @param {{ slots: object[], cell: number[], across: number, down: number, kind: string }} column
 * @param {{ values?: Float32Array, most: number, weights?: Float32Array }} [made]  blank without values
 */
function drawMaps(pen, { slots, cell, size: [across, down], kind }, { values, most, weights } = {}) {
  const isPicture = kind === "pictures";
  const count = across * down;
  if (!values || (isPicture && !weights)) {
    pen.fillStyle = "#000";
    slots.forEach(({ x, y }) => pen.fillRect(x, y, ...cell));
    return;
  }
  [sheet.width, sheet.height] = [across, down * slots.length];
  const image = new ImageData(sheet.width, sheet.height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let slot = 0; slot < slots.length; slot++) {
    const begin = slot * count;
    if (!isPicture) {
      for (let i = begin; i < begin + count; i++) pixels[i] = lightOf(values[i] / most);
      continue;
    }
    // The weights of a neuron, the brighter the stronger it answers.
    const strength = 0.3 + (0.7 * Math.abs(values[slot])) / most;
    const own = weights.subarray(begin, begin + count);
    const largest = own.reduce((found, weight) => Math.max(found, Math.abs(weight)), 1e-9);
    // The root: most weights are small beside the largest.
    for (let i = 0; i < count; i++) {
      const share = own[i] / largest;
      pixels[begin + i] = weightOf(strength * Math.sign(share) * Math.sqrt(Math.abs(share)));
    }
  }
  sheet.getContext("2d").putImageData(image, 0, 0);
  slots.forEach(({ x, y }, slot) => {
    pen.drawImage(sheet, 0, slot * down, across, down, x, y, cell[0], cell[1] - (isPicture ? BAR : 0));
    if (!isPicture) return;
    pen.fillStyle = "#000";
    pen.fillRect(x, y + cell[1] - BAR, cell[0], BAR);
    pen.fillStyle = values[slot] < 0 ? AGAINST : "#fff";
    pen.fillRect(x, y + cell[1] - BAR + 1, (cell[0] * Math.abs(values[slot])) / most, BAR - 1);
  });
}

// The digit that is read: the server may say that there is none.
function bestOf({ chances, predicted }) {
  return predicted === undefined ? chances?.indexOf(Math.max(...chances)) : predicted;
}

// In whole per cent, as the server has it or else as the browser does.
function percentageOf({ chances, percentages }, digit) {
  return percentages?.[digit] ?? percentage(chances[digit], signs.percent);
}

function drawAnswers(pen, { slots, cell: [width, height] }, shown, style) {
  const { chances } = shown;
  const best = bestOf(shown);
  pen.textBaseline = "middle";
  const isWide = width > ROOM_FOR_PERCENTAGES;
  const longest = width - 14 - (isWide ? 42 : 0);
  slots.forEach(({ x, y }, digit) => {
    pen.font = `${digit === best ? 700 : 400} ${Math.min(13, height)}px ${style.fontFamily}`;
    pen.fillStyle = style.color;
    pen.fillText(digit, x, y + height / 2 + 1);
    pen.fillStyle = digit === best ? style.accentColor : style.color;
    pen.fillRect(x + 14, y + 2, Math.max(0.5, (chances?.[digit] ?? 0) * longest), height - 4);
    if (!isWide || !chances) return;
    pen.textAlign = "end";
    pen.fillStyle = style.color;
    pen.fillText(percentageOf(shown, digit), x + width, y + height / 2 + 1);
    pen.textAlign = "start";
  });
}

function outline(pen, { x, y, width, height }, colour, line = 2) {
  pen.strokeStyle = colour;
  pen.lineWidth = line;
  pen.strokeRect(x - line / 2, y - line / 2, width + line, height + line);
}

// A part of a map that is looked at, and where that goes.
function drawLook(pen, from, to, colour) {
  if (!from) return;
  outline(pen, from, colour);
  pen.lineWidth = 1;
  pen.globalAlpha = 0.7;
  pen.beginPath();
  for (const [begin, end] of [[from.y, to.y], [from.y + from.height, to.y + to.height]]) {
    pen.moveTo(from.x + from.width, begin);
    pen.lineTo(to.x, end);
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

// An input that speaks for something, or against it.
function drawWire(pen, from, to, colour) {
  if (!from) return;
  outline(pen, from, colour);
  pen.globalAlpha = 0.8;
  pen.beginPath();
  pen.moveTo(from.x + from.width, from.y + from.height / 2);
  pen.lineTo(to.x, to.y + to.height / 2);
  pen.stroke();
  pen.globalAlpha = 1;
}

// A square of values, each with its figure if there is room.
function drawFigures(pen, values, { x, y, cell: [width, height], size }, colourOf) {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-9);
  const isNarrow = width < 28;
  pen.font = `${isNarrow ? Math.min(9, width / 2.2) : 11}px sans-serif`;
  [pen.textAlign, pen.textBaseline] = ["center", "middle"];
  values.forEach((value, i) => {
    const [left, top] = [x + (i % size) * width, y + Math.floor(i / size) * height];
    const colour = colourOf(value / most);
    const [red, green, blue] = [0, 8, 16].map((bits) => (colour >> bits) & 255);
    pen.fillStyle = `rgb(${red} ${green} ${blue})`;
    pen.fillRect(left, top, width - 1, height - 1);
    if (width < 16) return;
    const light = [red, green, blue].map((part) => (part / 255) ** 2.2);
    pen.fillStyle = 0.21 * light[0] + 0.72 * light[1] + 0.07 * light[2] > 0.18 ? "#000" : "#fff";
    const text = figure(value);
    const short = text.replace(/^(−?)0(?=\D)/, "$1").replace(/(\d\D\d)\d$/, "$1");
    pen.fillText(isNarrow ? short : text, left + width / 2, top + height / 2);
  });
  pen.textAlign = "start";
}

function drawPixels(pen, values, { x, y, side }, colourOf) {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-9);
  const across = Math.sqrt(values.length);
  [sheet.width, sheet.height] = [across, across];
  const image = new ImageData(across, across);
  new Uint32Array(image.data.buffer).set(values.map((value) => colourOf(value / most)));
  sheet.getContext("2d").putImageData(image, 0, 0);
  pen.drawImage(sheet, 0, 0, across, across, x, y, side, side);
}

// × and = between three squares.
function drawSigns(pen, root, side, middle) {
  pen.fillStyle = getComputedStyle(root).color;
  pen.font = "18px sans-serif";
  [pen.textAlign, pen.textBaseline] = ["center", "middle"];
  pen.fillText("×", side + GAP / 2, middle);
  pen.fillText("=", 2 * side + 1.5 * GAP, middle);
  pen.textAlign = "start";
}
