// What every widget's script has at hand; `component.py` puts it before each of them.

const SIDE = 28;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// A new element with these properties and children.
function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// A table row of texts; `tagOf(column)` is "th" for headings, "td" for others.
function tableRow(texts, tagOf, scope) {
  const row = element("tr");
  texts.forEach((textContent, column) => {
    const tag = tagOf(column);
    row.append(element(tag, tag === "th" ? { textContent, scope } : { textContent }));
  });
  return row;
}

// Children that stay keep the focus and cost nothing.
function matchChildren(parent, count, make) {
  while (parent.children.length > count) parent.lastElementChild.remove();
  while (parent.children.length < count) parent.append(make(parent.children.length));
  return [...parent.children];
}

function setVariables(element, values) {
  for (const [name, value] of Object.entries(values)) element.style.setProperty(`--${name}`, value);
}

function pngUrl(base64) {
  return `url("data:image/png;base64,${base64}")`;
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

// A probability in whole per cent, and neither 0 nor 100 unless it is exactly that. `pattern` is how the
// visitor's language writes it.
function percentage(chance, pattern = "{}%") {
  const percent = Math.round(100 * chance);
  const written = (number) => pattern.replace("{}", number);
  if (percent === 0 && chance > 0) return `< ${written(1)}`;
  return percent === 100 && chance < 1 ? `> ${written(99)}` : written(percent);
}

// A sentence with what stands in braces filled in: ("not sure: {reading}", { reading: "a 7" }).
function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

// Where the pointer is, in screen pixels from the upper left corner of an element.
function pointerPosition(event, element) {
  const box = element.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

// The Tab key stops at one of several items; the arrow keys move between them.
function makeOneTabStop(items, stop) {
  items.forEach((item, position) => {
    const index = position === stop ? 0 : -1;
    if (item.getAttribute("tabindex") !== `${index}`) item.tabIndex = index;
  });
}

// One of many buttons is picked: by a click, or by Enter where the arrow keys, Home and End lead.
// `perRow` says how many of them stand in a row; `areaOf`, where a click means the button.
function letPick(group, buttons, stop, perRow, pick, areaOf = (button) => button) {
  makeOneTabStop(buttons, stop);
  const positionOf = ({ target }) => buttons.findIndex((one) => areaOf(one).contains(target));
  group.onclick = (event) => {
    const position = positionOf(event);
    if (position < 0) return;
    makeOneTabStop(buttons, position);
    pick(position);
  };
  group.onkeydown = (event) => {
    const [right, down] = ARROWS[event.key] ?? [NaN, NaN];
    const ends = { Home: 0, End: buttons.length - 1 };
    const to = ends[event.key] ?? positionOf(event) + right + down * perRow();
    if (!buttons[to]) return;
    event.preventDefault();
    makeOneTabStop(buttons, to);
    buttons[to].focus();
  };
}

function prefersReducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Show what the server sent, unless live_reader.js decides: it may have read something newer.
function showServerData(host, data, show) {
  Object.assign(host, { serverData: data, show });
  if (host.onServerData) host.onServerData(host);
  else show(data);
}

// What a component returns: it cleans up once it has gone from the page. Streamlit also calls this for
// data that was overtaken, perhaps when the next is shown already; what that needs must stay.
function whenGone(root, clean) {
  const latest = (root.latest = {});
  return () => root.latest === latest && clean();
}

// The address of a file that the app serves: the app may not be the root of its server.
function appAddress(path) {
  const { src } = document.querySelector("script[type=module][src]");
  return new URL(`../..${path}`, src).href;
}
