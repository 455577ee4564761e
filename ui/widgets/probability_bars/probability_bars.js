// Ten rows, made once; then only widths, percentages and marks change.

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const [title, bars] = [find(".title"), find(".bars")];
  matchChildren(bars, data.chances.length, makeRow);
  bars.parentElement.className = { always: "thin", "on phones": "thin-on-phones" }[data.thin] ?? "";
  showServerData(parentElement.host, data, (answer) => {
    showTitle(title, answer.title ?? "");
    show(bars, answer);
  });
}

function makeRow() {
  const part = (className, ...inside) => element("div", { className }, ...inside);
  const row = part("row", part("digit"), part("track", part("bar")), part("percentage"), part("mark"));
  row.firstChild.translate = false;
  return row;
}

// A new element for a new text: one whose text changes in place is not translated again.
function showTitle(title, text) {
  title.hidden = !text;
  if (title.textContent !== text) title.replaceChildren(element("span", { textContent: text }));
}

function show(bars, { chances, percentages, predicted, label, mark: word, finding, live, forced }) {
  bars.classList.toggle("live", live === true);
  bars.classList.toggle("forced", forced === true);
  bars.ariaLabel = finding;
  [...bars.children].forEach((row, number) => {
    const [digit, track, percentage, mark] = row.children;
    row.classList.toggle("predicted", number === predicted);
    digit.textContent = number;
    track.firstChild.style.setProperty("--share", `${100 * chances[number]}%`);
    percentage.textContent = percentages[number];
    mark.textContent = number === label ? `◂ ${word}` : "";
  });
}
