// The accuracy as lines in an SVG; points come as shares of the width and the height.

const [TOP, RIGHT, BOTTOM, LEFT] = [10, 8, 22, 44];

function make(name, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.textContent = text;
  return made;
}

// Several times a second: only what has changed is drawn again.
function drawCurve(svg, { ticks, epochs, epoch, lines, marks }) {
  const [width, height] = [svg.clientWidth, svg.clientHeight];
  svg.drawnWidth = width;
  if (!width) return;
  const x = (share) => LEFT + share * (width - LEFT - RIGHT);
  const y = (share) => height - BOTTOM - share * (height - TOP - BOTTOM);
  const layout = `${[width, height, epochs.length, epoch, lines.map(({ kind }) => kind)]}`;
  if (svg.layout !== layout) {
    svg.layout = layout;
    const drawn = lines.map(({ kind }) => make("polyline", { class: kind }));
    svg.replaceChildren(...frame({ ticks, epochs, epoch, x, y, width, height }), ...drawn);
  }
  const drawn = svg.querySelectorAll("polyline");
  lines.forEach(({ points }, place) => {
    const pairs = points.map(([across, up]) => `${x(across).toFixed(1)},${y(up).toFixed(1)}`);
    const text = pairs.join(" ");
    if (drawn[place].getAttribute("points") !== text) drawn[place].setAttribute("points", text);
  });
  const circles = svg.querySelectorAll("circle");
  // A training that is resumed may have fewer than before.
  [...circles].slice(marks.length).forEach((circle) => circle.remove());
  for (const [across, up] of marks.slice(circles.length)) {
    svg.append(make("circle", { cx: x(across), cy: y(up), r: 5 }));
  }
}

function frame({ ticks, epochs, epoch, x, y, width, height }) {
  const parts = [];
  let last = Infinity;
  for (const [up, label] of ticks) {
    parts.push(
      make("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(up), y2: y(up) }),
    );
    // On a phone there is no room for all of them.
    if (last - y(up) < 14) continue;
    last = y(up);
    parts.push(make("text", { x: LEFT - 6, y: y(up) + 4, "text-anchor": "end" }, label));
  }
  const every = Math.ceil(epochs.length / 10);
  epochs.forEach((across, position) => {
    if ((position + 1) % every) return;
    const number = position + 1;
    const label = number === every ? filled(epoch, { number }) : `${number}`;
    const anchor = across > 0.97 ? "end" : "middle";
    const at = { x: x(across), y: height - 5, "text-anchor": anchor };
    parts.push(make("text", at, label));
  });
  return parts;
}
