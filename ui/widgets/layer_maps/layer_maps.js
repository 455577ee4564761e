// The pictures that each layer made: for each layer one mask over the text colour.

export default function ({ data, parentElement }) {
  const layers = parentElement.querySelector(".layers");
  while (layers.children.length > data.sheets.length) layers.lastElementChild.remove();
  while (layers.children.length < data.sheets.length) layers.append(layer());
  data.sheets.forEach((sheet, number) => fill(layers.children[number], sheet));
}

function layer() {
  const item = document.createElement("li");
  const [title, maps, ink] = ["p", "div", "div"].map((tag) => document.createElement(tag));
  [title.className, maps.className, ink.className] = ["title", "maps", "ink"];
  maps.tabIndex = 0;
  maps.setAttribute("role", "img");
  maps.append(ink);
  item.append(title, maps);
  return item;
}

function fill(item, sheet) {
  const [title, maps] = item.children;
  title.textContent = sheet.title;
  maps.setAttribute("aria-label", sheet.alternative);
  maps.style.setProperty("--sprite", `url("data:image/png;base64,${sheet.sprite}")`);
  maps.style.setProperty("--pixel", `${sheet.pixel}px`);
  maps.style.setProperty("--width", sheet.width);
  maps.style.setProperty("--height", sheet.height);
}
