// Groups of bars: before and after, each with its figure and the interval in which luck lies.

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".groups");
  const groups = matchChildren(box, data.groups.length, makeGroup);
  data.groups.forEach(({ title, words, bars }, position) => {
    const [heading, rows, note] = groups[position].children;
    show(heading, title);
    show(note, words);
    const lines = matchChildren(rows, bars.length, makeBar);
    bars.forEach(({ name, share, low, high, figure, isAfter }, place) => {
      const [label, track, value] = lines[place].children;
      show(label, name);
      show(value, figure);
      track.classList.toggle("after", isAfter);
      setVariables(track, { share, low, high });
    });
  });
}

function makeGroup() {
  const group = element("section");
  const rows = element("div", { className: "rows" });
  group.append(element("h4"), rows, element("p"));
  return group;
}

function makeBar() {
  const track = element("span", { className: "track" });
  track.append(element("i", { className: "bar" }), element("i", { className: "interval" }));
  const row = element("div", { className: "row" });
  row.append(element("span", { className: "name" }), track, element("b"));
  return row;
}

function show(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
