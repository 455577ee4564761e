// Below a first look: a line that opens, with every deeper view as a card. Above a deeper view: the
// way back, and the others in a row, or as a list where there is no room for that.

// Another view begins at its top. The next run mounts this element anew, somewhere else on the page.
let hasPicked = false;

export default function ({ data, parentElement, setTriggerValue }) {
  const nav = parentElement.querySelector("nav");
  const pick = (position) => {
    hasPicked = true;
    setTriggerValue("picked", position);
  };
  const shown = JSON.stringify(data);
  if (nav.shown === shown) {
    nav.pick = pick;
    return;
  }
  Object.assign(nav, { shown, pick, ariaLabel: data.name });
  nav.classList.toggle("as-row", data.chosen > 0);
  nav.replaceChildren(...(data.chosen ? makeRow(nav, data) : [makeCards(nav, data)]));
  if (hasPicked) scrollToTop(parentElement);
  hasPicked = false;
}

function makeCards(nav, { groups, name, inside: names }) {
  const summary = element(
    "summary",
    {},
    element("strong", { textContent: name }),
    element("span", { className: "inside", textContent: names.join(" · ") }),
  );
  const makeCard = ({ position, title, about }) =>
    element(
      "button",
      { type: "button", className: "card", onclick: () => nav.pick(position) },
      element("strong", { textContent: title }),
      element("span", { textContent: about }),
    );
  const makeGroup = ({ title, views }) =>
    element(
      "div",
      { className: "group", role: "group", ariaLabel: title },
      element("p", { className: "name", textContent: title }),
      ...views.map(makeCard),
    );
  const all = element("div", { className: "groups" }, ...groups.map(makeGroup));
  return element("details", {}, summary, all);
}

function makeRow(nav, { first, groups, chosen, name }) {
  const makeButton = ({ position, title }, className = "") => {
    const button = element("button", { type: "button", className, textContent: title });
    if (position === chosen) button.ariaCurrent = "page";
    else button.onclick = () => nav.pick(position);
    return button;
  };
  const makeGroup = ({ title, views }) =>
    element(
      "div",
      { className: "group", role: "group", ariaLabel: title },
      element("span", { className: "name", textContent: title }),
      element("div", { className: "buttons" }, ...views.map((view) => makeButton(view))),
    );
  const makeOption = ({ position, title }) =>
    element("option", { value: position, textContent: title, selected: position === chosen });
  const list = element(
    "select",
    { ariaLabel: name, onchange: () => nav.pick(Number(list.value)) },
    ...groups.map(({ title, views }) =>
      element("optgroup", { label: title }, ...views.map(makeOption)),
    ),
  );
  return [
    makeButton({ position: 0, title: `‹ ${first}` }, "back"),
    element("div", { className: "row" }, ...groups.map(makeGroup)),
    element("div", { className: "box" }, list),
  ];
}
