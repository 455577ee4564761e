// A photo with a box around each digit, and on each box what was read; a click opens one.

export default function ({ data, parentElement, setTriggerValue }) {
  const picture = parentElement.querySelector("img");
  const group = parentElement.querySelector(".boxes");
  if (picture.sent !== data.picture) {
    picture.sent = data.picture;
    picture.src = `data:image/jpeg;base64,${data.picture}`;
  }
  picture.alt = data.alternative;
  group.ariaLabel = data.label;
  const tag = data.boxes.length > 1 ? "button" : "div";
  if (group.tag !== tag) group.replaceChildren();
  group.tag = tag;
  const boxes = matchChildren(group, data.boxes.length, () => makeBox(tag));
  boxes.forEach((box, position) => fill(box, data.boxes[position], position === data.selected));
  if (tag === "div") return;
  const pick = (position) => setTriggerValue("picked", position);
  letPick(group, boxes, data.selected, () => 1, pick);
}

function makeBox(tag) {
  const kind = tag === "button" ? { type: "button" } : {};
  return element(tag, kind, element("span", { className: "reading", ariaHidden: "true" }));
}

function fill(box, { reading, name, unsure, place }, current) {
  const [top, left, height, width] = place.map((part) => `${100 * part}%`);
  setVariables(box, { top, left, height, width });
  box.className = `box${unsure ? " unsure" : ""}${place[0] < 0.06 ? " inside" : ""}`;
  box.firstElementChild.textContent = reading;
  box.firstElementChild.hidden = !reading;
  if (box.tagName !== "BUTTON") return;
  box.ariaLabel = name;
  box.ariaCurrent = current ? "true" : null;
}
