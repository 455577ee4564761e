// The curves of a class, and beside them a ladder: each training that is over with its interval.
// Heights come as shares of the picture, names and figures as texts.

const [TOP, BOTTOM, LEFT, GAP] = [12, 26, 62, 28];
const LADDER_SHARE = 0.4;
const WIDE = 620;

export default function ({ data, parentElement }) {
  const round = parentElement.querySelector(".round");
  round.classTexts = data;
  show(round.querySelector(".status"), data.status);
  const svg = round.querySelector("svg");
  svg.ariaLabel = data.finding;
  draw(svg, data);
  if (!svg.watcher) {
    svg.watcher = new ResizeObserver(() => draw(svg, round.classTexts));
    svg.watcher.observe(svg);
  }
  listRanking(round.querySelector(".ranking"), data);
  listKinds(round.querySelector(".kinds"), data.kinds);
}

function draw(svg, { ticks, bottom, top, seconds, lines, ladder, band }) {
  const [width, height] = [svg.clientWidth, svg.clientHeight];
  if (!width || !height) return;
  const hasLadder = ladder.length > 0 && width >= WIDE;
  const right = hasLadder ? width * (1 - LADDER_SHARE) : width - 10;
  const longest = Math.max(seconds, ...lines.flatMap(({ points }) => points.map(([at]) => at)));
  const x = (at) => LEFT + (at / longest) * (right - LEFT);
  const y = (share) => {
    const part = clamp((share - bottom) / (top - bottom), 0, 1);
    return height - BOTTOM - part * (height - TOP - BOTTOM);
  };
  const parts = [...frame({ ticks, y, width, height, x, longest, bottom, top })];
  if (hasLadder) parts.push(...steps(ladder, y, right + GAP, width - 10, band));
  for (const { points, kind, state } of lines) {
    const pairs = points.map(([at, share]) => `${x(at).toFixed(1)},${y(share).toFixed(1)}`);
    const shape = { class: `line kind${kind} ${state}`, points: pairs.join(" ") };
    parts.push(make("polyline", shape));
    if (!state.includes("running")) continue;
    const [cx, cy] = pairs.at(-1).split(",");
    parts.push(make("circle", { class: `head kind${kind}`, cx, cy, r: 6 }));
  }
  svg.replaceChildren(...parts);
}

function* frame({ ticks, y, width, height, x, longest, bottom, top }) {
  for (const [share, label] of ticks) {
    if (share < bottom - 1e-6 || share > top + 1e-6) continue;
    yield make("line", { class: "grid", x1: LEFT, x2: width - 10, y1: y(share), y2: y(share) });
    yield make("text", { x: LEFT - 8, y: y(share) + 5, "text-anchor": "end" }, label);
  }
  const every = [1, 2, 5, 10, 20, 50, 100].find((one) => longest / one <= 6) ?? 200;
  for (let at = 0; at <= longest; at += every) {
    const label = at === 0 ? "0" : `${at} s`;
    yield make("text", { x: x(at), y: height - 6, "text-anchor": "middle" }, label);
  }
}

// One place each, the best first: a dot, and the interval in which its true accuracy lies.
function steps(ladder, y, from, to, words) {
  const [best] = ladder;
  const band = { x: from - 12, width: to - from + 12, y: y(best.high) };
  const parts = [make("rect", { class: "band", ...band, height: y(best.low) - y(best.high) })];
  parts.push(make("text", { x: to - 6, y: y(best.high) - 6, "text-anchor": "end" }, words));
  ladder.forEach(({ low, high, at, kind, luck, me }, place) => {
    const across = from + ((place + 0.5) * (to - from)) / Math.max(ladder.length, 4);
    const ends = { x1: across, x2: across, y1: y(low), y2: y(high) };
    parts.push(make("line", { class: `interval kind${kind}`, ...ends }));
    const look = `end kind${kind}${luck ? "" : " less"}${me ? " me" : ""}`;
    parts.push(make("circle", { class: look, cx: across, cy: y(at), r: me ? 8 : 6 }));
  });
  return parts;
}

function listRanking(list, { ranking }) {
  const rows = matchChildren(list, ranking.length, () =>
    element(
      "li",
      {},
      ...["rank", "mark", "name", "figure"].map((className) => element("span", { className })),
    ),
  );
  ranking.forEach(({ rank, name, figure, kind, luck, me }, position) => {
    const [number, mark, title, value] = rows[position].children;
    show(number, rank);
    mark.className = `mark kind${kind}`;
    show(title, name);
    show(value, figure);
    rows[position].className = `${luck ? "luck" : ""} ${me ? "me" : ""}`;
  });
  list.hidden = !ranking.length;
}

function listKinds(box, kinds) {
  const rows = matchChildren(box, kinds.length, () =>
    element("span", {}, element("i"), element("span")),
  );
  kinds.forEach(({ title, kind }, position) => {
    const [line, words] = rows[position].children;
    line.className = `kind${kind}`;
    show(words, title);
  });
}

function make(name, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.textContent = text;
  return made;
}

function show(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
