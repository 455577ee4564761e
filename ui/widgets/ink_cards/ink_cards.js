// Cards, each with a strip of drawings and some words. A card stays where it is as long as it is among
// those sent, its drawings come from an address that changes with them, and what is new is marked for a
// while. All cards have one size: the largest with which they fit into the window.

const FRESH_MILLISECONDS = 4000;

export default function ({ data, parentElement }) {
  const wall = parentElement.querySelector(".wall");
  wall.ariaLabel = data.label;
  wall.classList.toggle("one-line", data.one_line);
  setVariables(wall, { tiles: data.tiles, narrowest: data.narrowest });
  wall.known ??= new Map();
  const isFirst = !wall.isShown;
  wall.isShown = true;
  const cards = data.cards.map((card) => cardOf(wall, card));
  for (const [key, gone] of wall.known) {
    if (cards.includes(gone)) continue;
    release(gone.ink);
    gone.remove();
    wall.known.delete(key);
  }
  cards.forEach((card, position) => {
    if (wall.children[position] !== card) wall.insertBefore(card, wall.children[position] ?? null);
    fill(card, data.cards[position], isFirst);
  });
  const refit = () => fit(wall, data);
  refit();
  wall.watcher?.disconnect();
  wall.watcher = new ResizeObserver(() => wall.clientWidth !== wall.fitted && refit());
  wall.watcher.observe(wall);
  if (wall.refit) removeEventListener("resize", wall.refit);
  wall.refit = refit;
  addEventListener("resize", refit);
  return whenGone(wall, () => {
    wall.watcher.disconnect();
    removeEventListener("resize", wall.refit);
    for (const card of wall.known.values()) release(card.ink);
  });
}

function cardOf(wall, { key }) {
  if (!wall.known.has(key)) wall.known.set(key, makeCard());
  return wall.known.get(key);
}

function makeCard() {
  const [dot, name, note] = ["dot", "name", "note"].map((className) => element("span", { className }));
  const ink = element("div", { className: "ink" });
  const slots = element("div", { className: "strip" });
  const strip = element("div", { className: "strip" }, slots, ink);
  const lines = element("div", { className: "lines" });
  const title = element("div", { className: "title" }, dot, name, note);
  const card = element("div", { className: "card" }, title, strip, lines);
  card.role = "listitem";
  return Object.assign(card, { dot, name, note, ink, slots, lines });
}

function fill(card, { title, colour, note, address, tiles, lines, alternative }, isFirst) {
  card.ariaLabel = alternative;
  show(card.name, title);
  show(card.note, note);
  card.dot.className = `dot ${colour}`;
  const texts = matchChildren(card.lines, lines.length, () => element("div", { className: "line" }));
  lines.forEach((line, position) => show(texts[position], line));
  const slots = matchChildren(card.slots, tiles.length, () => element("span", { className: "slot" }));
  tiles.forEach((mark, position) => {
    const slot = slots[position];
    slot.classList.toggle("empty", mark === "");
    if (mark && slot.mark !== mark && !isFirst) markFresh(slot);
    slot.mark = mark;
  });
  showInk(card.ink, address);
}

function markFresh(slot) {
  slot.classList.add("fresh");
  clearTimeout(slot.timer);
  slot.timer = setTimeout(() => slot.classList.remove("fresh"), FRESH_MILLISECONDS);
}

// What was there stays until the new picture has come: nothing flickers.
async function showInk(ink, address) {
  if (ink.wanted === address) return;
  ink.wanted = address;
  if (!address) {
    release(ink);
    return;
  }
  const picture = await fetched(address);
  if (ink.wanted !== address) return;
  if (!picture) {
    // Overtaken on the server by a newer one, or the connection failed: the next data asks again.
    ink.wanted = null;
    return;
  }
  release(ink);
  ink.picture = URL.createObjectURL(picture);
  setVariables(ink, { ink: `url("${ink.picture}")` });
}

async function fetched(address) {
  try {
    const answer = await fetch(appAddress(address));
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}

function release(ink) {
  const { picture } = ink;
  ink.style.removeProperty("--ink");
  ink.picture = undefined;
  // The browser may still be reading it.
  if (picture) setTimeout(() => URL.revokeObjectURL(picture), 10_000);
}

function fit(wall, { sizes, side, tiles, below, least }) {
  wall.fitted = wall.clientWidth;
  const height = Math.max(least, innerHeight - wall.getBoundingClientRect().top - below);
  for (const size of sizes) {
    setVariables(wall, { tile: `${size}px`, text: `${textSize(size, tiles)}px` });
    wall.classList.toggle("small", size < side);
    if (wall.scrollHeight <= height && wall.scrollWidth <= wall.clientWidth) return;
  }
}

// Beside a single drawing there is more to say than a name.
function textSize(size, tiles) {
  return tiles > 1 ? clamp(size / 2, 11, 24) : clamp(size / 9, 13, 26);
}

function show(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
