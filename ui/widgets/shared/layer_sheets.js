// What leaves a layer, drawn as sheets that lie behind each other.

const SHEET_GAP = 4;

function makeSheets({ width, height, sheets }) {
  const behind = (sheets - 1) * SHEET_GAP;
  const place = (made, sizes) => {
    for (const [name, pixels] of Object.entries(sizes)) made.style[name] = `${pixels}px`;
    return made;
  };
  const stack = element("span", { className: "sheets" });
  for (let offset = behind; offset >= 0; offset -= SHEET_GAP) {
    const sheet = element("span", { className: "sheet" });
    stack.append(place(sheet, { width, height, left: offset, top: behind - offset }));
  }
  return place(stack, { width: width + behind, height: height + behind });
}
