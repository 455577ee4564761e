// Lines and bars on two axes. Whatever can be pointed at has a sentence, shown below the chart.

const DASHES = { solid: "", dash: "7 4", dot: "2 4" };
const [TOP, RIGHT, BOTTOM, LEFT] = [10, 12, 48, 64];
const MARK = 5;

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  // Not just any: each line of the legend has one, too.
  const [svg, readout] = [find("figure > svg"), find(".readout")];
  let [spots, at, ring] = [[], -1, null];

  svg.ariaLabel = data.alternative;
  svg.style.height = `${data.height}px`;
  readout.textContent = data.hint;
  find(".legend").replaceChildren(...data.lines.filter(({ name }) => name).map(legendEntry));
  const draw = () => {
    const width = svg.clientWidth;
    if (!width) return;
    const scale = scales(data, width);
    const bars = data.bars.map((bar) => drawBar(bar, scale));
    const lines = data.lines.map((line) => drawLine(line, scale));
    ring = make("rect", { class: "ring", rx: 3, visibility: "hidden" });
    svg.drawnWidth = width;
    svg.replaceChildren(...frame(data, scale), ...bars.concat(lines).flat(), ring);
    spots = [...barSpots(data, scale), ...lineSpots(data, scale)];
    at = -1;
  };
  const show = (spot) => {
    if (!spots[spot]) return;
    at = spot;
    const { left, top, width, height, tooltip } = spots[at];
    set(ring, { x: left, y: top, width, height, visibility: "visible" });
    readout.textContent = tooltip;
  };

  svg.onpointermove = svg.onpointerdown = (event) => {
    show(nearest(spots, ...pointerPosition(event, svg)));
  };
  svg.onkeydown = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    show(clamp(at + step, 0, spots.length - 1));
  };
  draw();
  // One watcher for the element, whatever is drawn on it from run to run.
  svg.draw = draw;
  svg.watcher ??= new ResizeObserver(() => svg.drawnWidth !== svg.clientWidth && svg.draw());
  svg.watcher.observe(svg);
  return whenGone(svg, () => svg.watcher.disconnect());
}

function make(name, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  set(made, attributes);
  made.textContent = text;
  return made;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function scales({ x, y, height }, width) {
  const [across, down] = [width - LEFT - RIGHT, height - TOP - BOTTOM];
  const { low, high } = x;
  return {
    width,
    height,
    x: (value) => LEFT + ((value - low) / (high - low)) * across,
    y: (value) => TOP + (1 - (value - y.low) / (y.high - y.low)) * down,
    step: across / (high - low),
  };
}

function frame({ x, y, reference }, scale) {
  const [bottom, right] = [scale.height - BOTTOM, scale.width - RIGHT];
  const parts = [];
  y.ticks.forEach((tick, number) => {
    const level = scale.y(tick);
    parts.push(make("line", { class: "grid", x1: LEFT, x2: right, y1: level, y2: level }));
    parts.push(make("text", { class: "left", x: LEFT - 8, y: level + 5 }, y.names[number]));
  });
  // Where numbers would touch each other, only some are written.
  const longest = Math.max(...x.names.map((name) => name.length)) * 9 + 10;
  const every = Math.ceil((longest * x.ticks.length) / (right - LEFT));
  const zero = Math.max(0, x.ticks.indexOf(reference ?? x.ticks[0]));
  x.ticks.forEach((tick, number) => {
    if ((number - zero) % every) return;
    parts.push(make("text", { class: "below", x: scale.x(tick), y: bottom + 18 }, x.names[number]));
  });
  parts.push(make("line", { class: "edge", x1: LEFT, x2: right, y1: bottom, y2: bottom }));
  if (reference !== null) {
    const at = scale.x(reference);
    parts.push(make("line", { class: "reference", x1: at, x2: at, y1: TOP, y2: bottom }));
  }
  parts.push(make("text", { class: "below", x: (LEFT + right) / 2, y: scale.height - 6 }, x.title));
  const turned = `translate(14 ${(TOP + bottom) / 2}) rotate(-90)`;
  parts.push(make("text", { class: "below", transform: turned }, y.title));
  return parts;
}

function drawBar({ x, box, whisker, median, colour }, scale) {
  const half = scale.step * (whisker ? 0.28 : 0.38);
  const [centre, [lower, upper]] = [scale.x(x), box.map(scale.y)];
  const parts = [];
  const line = (name, x1, y1, x2, y2) =>
    parts.push(make("line", { class: name, stroke: colour, x1, y1, x2, y2 }));
  if (whisker) {
    const [low, high] = whisker.map(scale.y);
    line("whisker", centre, low, centre, lower);
    line("whisker", centre, upper, centre, high);
    for (const end of [low, high]) line("whisker", centre - half / 2, end, centre + half / 2, end);
  }
  const shape = { x: centre - half, y: upper, width: 2 * half, height: lower - upper };
  parts.push(make("rect", { class: whisker ? "box" : "bar", fill: colour, stroke: colour, ...shape }));
  if (median !== null) line("median", centre - half, scale.y(median), centre + half, scale.y(median));
  return parts;
}

function drawLine({ x, y, colour, dash, symbol }, scale) {
  const points = x.map((value, number) => [scale.x(value), scale.y(y[number])]);
  const path = points.map(([right, down]) => `${right.toFixed(1)},${down.toFixed(1)}`).join(" ");
  const line = make("polyline", { points: path, stroke: colour, "stroke-dasharray": DASHES[dash] });
  return [line, ...(symbol ? points.map((point) => mark(symbol, colour, ...point)) : [])];
}

function mark(symbol, colour, x, y) {
  if (symbol === "circle") return make("circle", { class: "mark", fill: colour, cx: x, cy: y, r: MARK });
  const side = 1.8 * MARK;
  const square = { x: x - side / 2, y: y - side / 2, width: side, height: side };
  const transform = symbol === "diamond" ? `rotate(45 ${x} ${y})` : "";
  return make("rect", { class: "mark", fill: colour, ...square, transform });
}

function legendEntry({ name, colour, dash, symbol }) {
  const sample = make("svg", { width: 36, height: 12, "aria-hidden": "true" });
  const line = { x1: 1, x2: 35, y1: 6, y2: 6, stroke: colour, "stroke-dasharray": DASHES[dash] };
  sample.append(make("line", { class: "sample", ...line }));
  if (symbol) sample.append(mark(symbol, colour, 18, 6));
  return element("li", {}, sample, name);
}

function barSpots({ bars }, scale) {
  return bars.map(({ x, box, whisker, tooltip }) => {
    const [bottom, top] = (whisker ?? box).map(scale.y);
    const left = scale.x(x) - scale.step * 0.42;
    return { left, top: top - 3, width: scale.step * 0.84, height: bottom - top + 6, tooltip };
  });
}

function lineSpots({ lines }, scale) {
  const side = 2 * MARK + 8;
  return lines.flatMap(({ x, y, tooltips }) =>
    tooltips.map((tooltip, number) => ({
      left: scale.x(x[number]) - side / 2,
      top: scale.y(y[number]) - side / 2,
      width: side,
      height: side,
      tooltip,
    })),
  );
}

// Sideways distance counts most: a pointer above or below a point means that point.
function nearest(spots, x, y) {
  const away = ({ left, top, width, height }) =>
    Math.abs(left + width / 2 - x) + Math.max(0, Math.abs(top + height / 2 - y) - height / 2) / 8;
  return spots.reduce((best, spot, number) => (away(spot) < away(spots[best]) ? number : best), 0);
}
