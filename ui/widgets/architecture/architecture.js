// A network as a row of blocks: what leaves each layer, as large as it is. Blocks can be chosen.

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(name);
  const row = find(".blocks");
  find(".finding").textContent = data.finding;
  row.role = data.pickable ? "radiogroup" : "group";
  row.ariaLabel = data.pickable ? "Layer to edit" : "Layers";
  const hasFocus = find("input:focus") !== null;
  row.replaceChildren(...data.blocks.map((block, number) => makeBlock(block, number - 1, data)));
  const chosen = find("input:checked");
  if (chosen && hasFocus) chosen.focus({ preventScroll: true });
  if (chosen) reveal(find(".stage"), chosen.parentElement);
  row.onchange = (event) => setTriggerValue("picked", Number(event.target.value));
}

function makeBlock(block, position, data) {
  // The image and the ten answers are not the visitor's to change.
  const isOwn = data.pickable && position >= 0 && position < data.blocks.length - 2;
  const box = element(isOwn ? "label" : "div", { className: `block ${block.state}` });
  if (isOwn) {
    const checked = position === data.chosen;
    box.append(element("input", { type: "radio", name: "layer", value: position, checked }));
  }
  const text = (className, textContent) => element("span", { className, textContent });
  box.append(
    element("span", { className: "picture" }, makeSheets(block)),
    element("strong", { textContent: block.words }),
    text("shape", block.state === "broken" ? "✗ breaks here" : block.shape),
    text("learns", block.learns),
  );
  return box;
}

function reveal(stage, block) {
  const [left, right] = [block.offsetLeft, block.offsetLeft + block.offsetWidth];
  if (left < stage.scrollLeft) stage.scrollLeft = left;
  if (right > stage.scrollLeft + stage.clientWidth) stage.scrollLeft = right - stage.clientWidth;
}
