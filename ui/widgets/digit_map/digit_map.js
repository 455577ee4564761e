// A map of digits: a dot each. Point at one to see its digit; draw around a cloud to see them all.

const REACH = { mouse: 12, pen: 16, touch: 28 }; // screen pixels
const AROUND = 60;
const SCALE = 65535; // of the positions
const MARGIN = 8;

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(`.${name}`);
  const [field, dots, over] = [find("field"), find("dots"), find("over")];
  const [ink, caption, open, select] = [find("ink"), find("caption"), find("open"), find("select")];
  const positions = new Uint16Array(bytesOf(data.positions).buffer);
  const [groups, labels] = [bytesOf(data.groups), bytesOf(data.labels)];
  const all = [...labels.keys()];
  let [size, spots, path, shown] = [0, [], null, field.shown ?? null];
  let outline = field.way === data.way ? (field.outline ?? []) : [];
  const colour = (name) => getComputedStyle(field).getPropertyValue(name);

  over.ariaLabel = data.finding;
  caption.textContent ||= data.words.point;
  select.textContent = data.words.select;
  select.hidden = !data.selectable;
  field.way = data.way;
  const address = appAddress(data.sprite);
  if (field.sprite?.src !== address) {
    field.sprite = new Image();
    field.sprite.onload = () => shown !== null && show(shown);
    field.sprite.src = address;
  }
  nameGroups(field, positions, data.centres);
  nameOwn(field, data.own, data.words.yours);

  function startDrawing(canvas) {
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(size * ratio)) canvas.width = canvas.height = size * ratio;
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, size, size);
    return pen;
  }
  function onScreen(position) {
    return (position / SCALE) * (size - 2 * MARGIN) + MARGIN;
  }
  // A disc with a halo, larger than any dot: to be found by its shape.
  function drawOwn(pen, x, y) {
    pen.beginPath();
    pen.arc(x, y, 9, 0, 7);
    pen.fillStyle = colour("--st-background-color");
    pen.fill();
    pen.strokeStyle = colour("--st-text-color");
    pen.stroke();
    pen.beginPath();
    pen.arc(x, y, 5, 0, 7);
    pen.fillStyle = colour("--st-link-color");
    pen.fill();
  }
  function drawRing(pen, dot, radius) {
    pen.beginPath();
    pen.arc(...spots[dot], radius, 0, 7);
    pen.stroke();
  }
  function draw() {
    size = field.clientWidth;
    spots = all.map((dot) => [onScreen(positions[2 * dot]), onScreen(positions[2 * dot + 1])]);
    const pen = startDrawing(dots);
    const side = size > 500 ? 3 : 2;
    for (let group = 0; group < 10; group++) {
      pen.fillStyle = data.colours[group];
      for (const dot of all) {
        if (groups[dot] !== group) continue;
        const [x, y] = spots[dot];
        pen.fillRect(x - side / 2, y - side / 2, side, side);
      }
    }
    pen.strokeStyle = colour("--st-text-color");
    for (const dot of all) if (groups[dot] !== labels[dot]) drawRing(pen, dot, side + 0.5);
    drawOver();
  }
  function drawOver() {
    const pen = startDrawing(over);
    pen.strokeStyle = colour("--st-link-color");
    pen.lineWidth = 2;
    pen.beginPath();
    (path ?? outline).forEach(([x, y]) => pen.lineTo(x * size, y * size));
    pen.closePath();
    pen.stroke();
    pen.lineWidth = 3;
    if (shown !== null) drawRing(pen, shown, 7);
    if (data.own) drawOwn(pen, ...data.own.map(onScreen));
  }
  function show(dot) {
    shown = field.shown = dot;
    const { labelled, read } = data.words;
    const facts = { number: dot, digit: labels[dot], answer: groups[dot] };
    caption.textContent = filled(data.by_network ? read : labelled, facts);
    open.hidden = false;
    open.textContent = filled(data.words.open, { number: dot });
    setVariables(ink, { picture: `url("${cut(field.sprite, dot, data.columns)}")` });
    drawOver();
  }
  function showNearest(event) {
    const here = pointerPosition(event, over);
    let [best, shortest] = [null, REACH[event.pointerType] ?? REACH.mouse];
    for (const dot of all) {
      const distance = distanceBetween(spots[dot], here);
      if (distance < shortest) [best, shortest] = [dot, distance];
    }
    if (best !== null && best !== shown) show(best);
  }
  function chooseOutlined(line, chosen) {
    outline = field.outline = line;
    drawOver();
    if (chosen.length) setTriggerValue("selected", chosen);
  }
  function chooseAround(dot) {
    const distances = spots.map((spot) => distanceBetween(spot, spots[dot]));
    const nearest = [...all].sort((one, other) => distances[one] - distances[other]);
    chooseOutlined([], nearest.slice(0, AROUND));
  }

  over.onpointerdown = (event) => {
    if (!data.selectable) return;
    if (event.pointerType === "touch" && !field.classList.contains("selecting")) return;
    path = [];
    over.setPointerCapture(event.pointerId);
  };
  over.onpointermove = (event) => {
    if (!path) return showNearest(event);
    path.push(pointerPosition(event, over).map((along) => along / size));
    drawOver();
  };
  over.onpointerup = (event) => {
    const line = path;
    path = null;
    if (!line || extent(line) * size <= 6) return showNearest(event);
    const isInside = ([x, y]) => surrounds(line, x / size, y / size);
    chooseOutlined(line, all.filter((dot) => isInside(spots[dot])));
  };
  over.onpointercancel = () => {
    path = null;
    drawOver();
  };
  over.onkeydown = (event) => {
    const here = shown ?? 0;
    if (event.key === "Enter") setTriggerValue("picked", here);
    else if (event.key === " " && data.selectable) chooseAround(here);
    else if (event.key in ARROWS) show(next(here, ARROWS[event.key], spots));
    else return;
    event.preventDefault();
  };
  open.onclick = () => setTriggerValue("picked", shown);
  select.onclick = () => (select.ariaPressed = field.classList.toggle("selecting"));

  draw();
  // One watcher for the element: an older one would draw what was shown before.
  field.resized = () => field.clientWidth !== size && draw();
  field.watcher ??= new ResizeObserver(() => field.resized());
  field.watcher.observe(field);
  // Rings and lines have the theme's ink; another theme is noticed by the field's transition.
  field.ontransitionend = (event) => event.target === field && draw();
  return whenGone(field, () => field.watcher.disconnect());
}

function distanceBetween([x1, y1], [x2, y2]) {
  return Math.sqrt((x1 - x2) ** 2 + (y1 - y2) ** 2);
}

// One digit of the sheet as a picture of its own: a mask, filled by the theme's text colour.
function cut(sheet, dot, columns) {
  const canvas = element("canvas", { width: SIDE, height: SIDE });
  if (sheet.complete && sheet.naturalWidth) {
    const [left, top] = [(dot % columns) * SIDE, Math.floor(dot / columns) * SIDE];
    canvas.getContext("2d").drawImage(sheet, left, top, SIDE, SIDE, 0, 0, SIDE, SIDE);
  }
  return canvas.toDataURL();
}

// The digit is written where most of its dots are: no meaning by colour alone.
function nameGroups(field, positions, centres) {
  field.querySelectorAll(".name").forEach((name) => name.remove());
  centres.forEach((dot, digit) => {
    if (dot === null) return;
    const name = element("span", { className: "name", textContent: digit });
    name.style.left = `${(positions[2 * dot] / SCALE) * 100}%`;
    name.style.top = `${(positions[2 * dot + 1] / SCALE) * 100}%`;
    field.append(name);
  });
}

// The visitor's digit has a flag beside its dot, on the side where there is room.
function nameOwn(field, own, yours) {
  field.querySelector(".own")?.remove();
  if (!own) return;
  const flag = element("span", { className: "own", textContent: yours });
  const isLeft = own[0] > SCALE / 2;
  flag.style[isLeft ? "right" : "left"] = `calc(${(isLeft ? 1 - own[0] / SCALE : own[0] / SCALE) * 100}% + 14px)`;
  flag.style.top = `${(own[1] / SCALE) * 100}%`;
  field.append(flag);
}

// The longer side of the box around a line.
function extent(line) {
  const sides = [0, 1].map((axis) => {
    const all = line.map((point) => point[axis]);
    return Math.max(...all) - Math.min(...all);
  });
  return Math.max(...sides);
}

// A point lies inside a line if a ray to the right crosses it an odd number of times.
function surrounds(line, x, y) {
  return line.reduce((isInside, [x1, y1], at) => {
    const [x2, y2] = line.at(at - 1);
    const crosses = y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
    return crosses ? !isInside : isInside;
  }, false);
}

// The nearest dot in a direction, not too far aside.
function next(from, [right, down], spots) {
  let [best, shortest] = [from, Infinity];
  spots.forEach(([x, y], dot) => {
    const [across, below] = [x - spots[from][0], y - spots[from][1]];
    const ahead = across * right + below * down;
    const aside = Math.abs(across * down) + Math.abs(below * right);
    const isAhead = ahead > 2 && aside <= ahead;
    if (isAhead && ahead + aside < shortest) [best, shortest] = [dot, ahead + aside];
  });
  return best;
}
