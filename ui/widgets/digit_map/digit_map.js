// A map of digits: a dot each. Point at one to see its digit; draw around a cloud to see them all.

const SIDE = 28;
const FAR = { mouse: 12, pen: 16, touch: 28 };
const AROUND = 60;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(`.${name}`);
  const [field, dots, over] = [find("field"), find("dots"), find("over")];
  const [ink, says, open, select] = [find("ink"), find("says"), find("open"), find("select")];
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const places = new Uint16Array(bytes(data.places).buffer);
  const [groups, labels] = [bytes(data.groups), bytes(data.labels)];
  const count = labels.length;
  let [size, path, shown] = [0, null, field.shown ?? null];
  let around = field.way === data.way ? (field.around ?? []) : [];
  const x = (dot) => (places[2 * dot] / 65535) * (size - 16) + 8;
  const y = (dot) => (places[2 * dot + 1] / 65535) * (size - 16) + 8;
  const colour = (name) => getComputedStyle(field).getPropertyValue(name);

  over.setAttribute("aria-label", data.finding);
  select.textContent = "Select with the finger";
  field.way = data.way;
  if (!field.sprite || field.sprite.address !== data.sprite) {
    field.sprite = Object.assign(new Image(), { address: data.sprite });
    field.sprite.onload = () => shown !== null && show(shown);
    field.sprite.src = data.sprite;
  }
  labelGroups(field, groups, places, data.centres);

  function brush(canvas) {
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== Math.round(size * ratio)) canvas.width = canvas.height = size * ratio;
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, size, size);
    return pen;
  }
  function draw() {
    size = field.clientWidth;
    const pen = brush(dots);
    const dot = size > 500 ? 3 : 2;
    for (let group = 0; group < 10; group++) {
      pen.fillStyle = data.colours[group];
      for (let at = 0; at < count; at++)
        if (groups[at] === group) pen.fillRect(x(at) - dot / 2, y(at) - dot / 2, dot, dot);
    }
    pen.strokeStyle = colour("--st-text-color");
    for (let at = 0; at < count; at++) {
      if (groups[at] === labels[at]) continue;
      pen.beginPath();
      pen.arc(x(at), y(at), dot + 0.5, 0, 7);
      pen.stroke();
    }
    drawOver();
  }
  function drawOver() {
    const pen = brush(over);
    pen.strokeStyle = colour("--st-link-color");
    pen.lineWidth = 2;
    const line = path ?? around;
    pen.beginPath();
    line.forEach(([across, down]) => pen.lineTo(across * size, down * size));
    if (line.length) pen.closePath();
    pen.stroke();
    if (shown === null) return;
    pen.lineWidth = 3;
    pen.beginPath();
    pen.arc(x(shown), y(shown), 7, 0, 7);
    pen.stroke();
  }
  function show(dot) {
    shown = field.shown = dot;
    const label = labels[dot];
    const read = data.by_network ? `, read as ${groups[dot]}` : "";
    says.textContent = `Test image ${dot}, labelled ${label}${read}`;
    open.hidden = false;
    open.textContent = `Open ${dot}`;
    ink.style.setProperty("--picture", `url("${cut(field.sprite, dot, data.columns)}")`);
    drawOver();
  }
  function nearest(across, down, far) {
    let [best, distance] = [null, far * far];
    for (let dot = 0; dot < count; dot++) {
      const now = (x(dot) - across) ** 2 + (y(dot) - down) ** 2;
      if (now < distance) [best, distance] = [dot, now];
    }
    return best;
  }
  function choose(elements) {
    if (elements.length) setTriggerValue("selected", elements);
  }
  function chooseAround(dot) {
    const away = (one) => (x(one) - x(dot)) ** 2 + (y(one) - y(dot)) ** 2;
    const all = [...Array(count).keys()].sort((one, other) => away(one) - away(other));
    around = field.around = [];
    drawOver();
    choose(all.slice(0, AROUND));
  }
  const at = (event) => {
    const box = over.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  over.onpointerdown = (event) => {
    over.start = at(event);
    if (event.pointerType === "touch" && !field.classList.contains("selecting")) return;
    path = [];
    over.setPointerCapture(event.pointerId);
  };
  over.onpointermove = (event) => {
    const [across, down] = at(event);
    if (!path) {
      const dot = nearest(across, down, FAR[event.pointerType] ?? 12);
      if (dot !== null && dot !== shown) show(dot);
      return;
    }
    path.push([across / size, down / size]);
    drawOver();
  };
  over.onpointerup = (event) => {
    const [line, [across, down]] = [path, at(event)];
    path = null;
    if (line && extent(line) * size > 6) {
      around = field.around = line;
      drawOver();
      choose(inside(line, count, (dot) => [x(dot) / size, y(dot) / size]));
      return;
    }
    const dot = nearest(across, down, FAR[event.pointerType] ?? 12);
    if (dot !== null) show(dot);
  };
  over.onpointercancel = () => {
    path = null;
    drawOver();
  };
  over.onkeydown = (event) => {
    const here = shown ?? 0;
    if (event.key === "Enter") setTriggerValue("picked", here);
    else if (event.key === " ") chooseAround(here);
    else if (MOVES[event.key]) show(next(here, MOVES[event.key], count, x, y));
    else return;
    event.preventDefault();
  };
  open.onclick = () => setTriggerValue("picked", shown);
  select.onclick = () => {
    const on = field.classList.toggle("selecting");
    select.setAttribute("aria-pressed", on);
  };

  draw();
  const watcher = new ResizeObserver(() => field.clientWidth !== size && draw());
  watcher.observe(field);
  // Rings and lines have the theme's ink; another theme is noticed by the field's transition.
  field.ontransitionend = (event) => event.target === field && draw();
  return () => watcher.disconnect();
}

// One digit of the sheet as a picture of its own: a mask, filled by the theme's text colour.
function cut(sheet, dot, columns) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  if (sheet.complete && sheet.naturalWidth) {
    const [left, top] = [(dot % columns) * SIDE, Math.floor(dot / columns) * SIDE];
    canvas.getContext("2d").drawImage(sheet, left, top, SIDE, SIDE, 0, 0, SIDE, SIDE);
  }
  return canvas.toDataURL();
}

// The digit is written where most of its dots are: no meaning by colour alone.
function labelGroups(field, groups, places, centres) {
  field.querySelectorAll(".name").forEach((name) => name.remove());
  centres.forEach((dot, digit) => {
    if (dot === null) return;
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = digit;
    name.style.left = `${(places[2 * dot] / 65535) * 100}%`;
    name.style.top = `${(places[2 * dot + 1] / 65535) * 100}%`;
    field.append(name);
  });
}

function extent(line) {
  const side = (axis) => {
    const all = line.map((point) => point[axis]);
    return Math.max(...all) - Math.min(...all);
  };
  return line.length ? Math.max(side(0), side(1)) : 0;
}

// Which dots lie inside the line: a ray to the right crosses it an odd number of times.
function inside(line, count, place) {
  const found = [];
  for (let dot = 0; dot < count; dot++) {
    const [across, down] = place(dot);
    let odd = false;
    for (let one = 0, other = line.length - 1; one < line.length; other = one++) {
      const [[x1, y1], [x2, y2]] = [line[one], line[other]];
      if (y1 > down !== y2 > down && across < ((x2 - x1) * (down - y1)) / (y2 - y1) + x1) odd = !odd;
    }
    if (odd) found.push(dot);
  }
  return found;
}

// The nearest dot in a direction, not too far aside.
function next(from, [right, down], count, x, y) {
  let [best, distance] = [from, Infinity];
  for (let dot = 0; dot < count; dot++) {
    const [across, below] = [x(dot) - x(from), y(dot) - y(from)];
    const ahead = across * right + below * down;
    const aside = Math.abs(across * down) + Math.abs(below * right);
    if (ahead > 2 && aside <= ahead && ahead + aside < distance)
      [best, distance] = [dot, ahead + aside];
  }
  return best;
}
