// A table that a click on a heading sorts, and a click on a row picks from.

export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  const frame = table.parentElement;
  frame.classList.toggle("short", data.is_short);
  frame.classList.toggle("pickable", data.selected !== null);
  table.ariaLabel = data.label;
  // Other rows, or another order of them, are shown as they are sent.
  const kept = JSON.stringify([data.titles, data.rows.map((texts) => texts[data.named])]);
  if (table.kept !== kept) Object.assign(table, { kept, sort: null });
  const help = parentElement.querySelector(".help");
  const headings = fillHeadings(table.tHead, data, help);
  const shown = { ...data };
  const show = () => showRows(table, headings, shown, (row) => setTriggerValue("picked", row));
  headings.forEach((heading, column) => {
    heading.querySelector(".sort").onclick = () => {
      const isAgain = table.sort?.column === column;
      table.sort = { column, isDescending: isAgain && !table.sort.isDescending };
      show();
    };
  });
  show();
}

function fillHeadings(head, { titles, helps }, help) {
  const [row] = matchChildren(head, 1, () => element("tr"));
  const headings = matchChildren(row, titles.length, () => {
    const sort = element("button", { type: "button", className: "sort" });
    return element("th", { scope: "col" }, sort);
  });
  headings.forEach((heading, column) => {
    const [sort, about] = heading.children;
    if (sort.textContent !== titles[column]) sort.textContent = titles[column];
    if (!helps[column]) about?.remove();
    else if (!about) heading.append(aboutButton(titles[column], helps[column], help));
  });
  return headings;
}

function aboutButton(title, words, help) {
  const button = element("button", { type: "button", className: "about", textContent: "?" });
  button.ariaLabel = `What “${title}” means`;
  button.title = words;
  button.popoverTargetElement = help;
  // The browser opens it after this.
  button.addEventListener("click", () => {
    const { left, bottom } = button.getBoundingClientRect();
    help.textContent = words;
    const start = Math.max(Math.min(left - 160, innerWidth - 380), 8);
    help.style.margin = `${bottom + 4}px auto auto ${start}px`;
  });
  return button;
}

function showRows(table, headings, data, pick) {
  headings.forEach((heading, column) => {
    const direction = table.sort?.isDescending ? "descending" : "ascending";
    heading.ariaSort = table.sort?.column === column ? direction : null;
  });
  const order = sorted(data, table.sort);
  const [body] = table.tBodies;
  const canPick = data.selected !== null;
  // Rows stay where they are and get other texts: whoever is on one with the keyboard stays there.
  const rows = matchChildren(body, order.length, () => element("tr"));
  rows.forEach((row, position) => fillRow(row, data, order[position], canPick));
  if (!canPick) {
    rows.forEach((row) => row.classList.remove("current"));
    Object.assign(body, { onclick: null, onkeydown: null });
    return;
  }
  const mark = (selected) =>
    rows.forEach((row, position) => markRow(row, order[position] === selected));
  mark(data.selected);
  const buttons = rows.map((row) => row.querySelector("button"));
  const picked = (position) => {
    data.selected = order[position];
    mark(data.selected);
    pick(data.selected);
  };
  const stop = Math.max(order.indexOf(data.selected), 0);
  letPick(body, buttons, stop, () => 1, picked, (button) => button.closest("tr"));
}

// The numbers of the rows, from top to bottom. Empty cells are last in either direction.
function sorted({ rows, numbers }, sort) {
  const order = rows.map((_, position) => position);
  if (!sort) return order;
  const { column, isDescending } = sort;
  const values = numbers[column] ?? rows.map((texts) => texts[column] || null);
  const compare = numbers[column] ? (a, b) => a - b : compareTexts;
  return order.sort((one, other) => {
    const [a, b] = [values[one], values[other]];
    if (a === null || b === null) return (a === null) - (b === null);
    return isDescending ? compare(b, a) : compare(a, b);
  });
}

function compareTexts(a, b) {
  return a.localeCompare(b, undefined, { numeric: true });
}

function fillRow(row, { rows, numbers, named }, position, canPick) {
  const texts = rows[position];
  const cells = matchChildren(row, texts.length, () => element("td"));
  texts.forEach((text, column) => {
    const cell = cells[column];
    const isButton = canPick && column === named;
    if (isButton && !cell.firstElementChild) {
      cell.replaceChildren(element("button", { type: "button" }));
    }
    if (!isButton) cell.firstElementChild?.remove();
    const place = isButton ? cell.firstElementChild : cell;
    if (place.textContent !== text) place.textContent = text;
    cell.className = column in numbers ? "number" : text.length > 32 ? "long" : "";
  });
}

function markRow(row, isCurrent) {
  row.classList.toggle("current", isCurrent);
  row.querySelector("button").ariaCurrent = isCurrent ? "true" : null;
}
