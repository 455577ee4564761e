// A network as a row of blocks: what leaves each layer, as large as it is. Blocks can be chosen.

const GAP = 4;

export default function ({ data, parentElement, setTriggerValue }) {
  const row = parentElement.querySelector(".blocks");
  const finding = parentElement.querySelector(".finding");
  finding.textContent = data.finding;
  row.setAttribute("role", data.pickable ? "radiogroup" : "group");
  row.setAttribute("aria-label", data.pickable ? "Layer to work on" : "Layers");
  const focused = parentElement.querySelector("input:focus") !== null;
  row.replaceChildren(...data.blocks.map((block, number) => item(block, number - 1, data)));
  const chosen = row.querySelector("input:checked");
  if (chosen && focused) chosen.focus({ preventScroll: true });
  if (chosen) reveal(parentElement.querySelector(".stage"), chosen.parentElement);
  row.onchange = (event) => setTriggerValue("picked", Number(event.target.value));
}

function item(block, place, data) {
  // The image and the ten answers are there whatever one does.
  const own = data.pickable && place >= 0 && place < data.blocks.length - 2;
  const box = element(own ? "label" : "div", `block ${block.state}`);
  if (own) {
    const input = element("input");
    Object.assign(input, { type: "radio", name: "layer", value: place });
    input.checked = place === data.chosen;
    box.append(input);
  }
  const sheets = element("span", "sheets");
  const behind = (block.sheets - 1) * GAP;
  sheets.style.width = `${block.width + behind}px`;
  sheets.style.height = `${block.height + behind}px`;
  for (let number = 0; number < block.sheets; number++) {
    const sheet = element("span", "sheet");
    const offset = (block.sheets - 1 - number) * GAP;
    Object.assign(sheet.style, {
      width: `${block.width}px`,
      height: `${block.height}px`,
      left: `${offset}px`,
      top: `${behind - offset}px`,
    });
    sheets.append(sheet);
  }
  const picture = element("span", "picture");
  picture.append(sheets);
  box.append(picture, element("strong", "", block.words));
  box.append(element("span", "shape", block.state === "broken" ? "✗ breaks here" : block.shape));
  box.append(element("span", "learns", block.learns));
  return box;
}

function element(kind, name = "", text = "") {
  const made = document.createElement(kind);
  made.className = name;
  made.textContent = text;
  return made;
}

function reveal(stage, block) {
  const [left, right] = [block.offsetLeft, block.offsetLeft + block.offsetWidth];
  if (left < stage.scrollLeft) stage.scrollLeft = left;
  if (right > stage.scrollLeft + stage.clientWidth) stage.scrollLeft = right - stage.clientWidth;
}
