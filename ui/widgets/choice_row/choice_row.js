// A row of radio buttons, and the same as a list, of which the style sheet shows what fits.

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(name);
  const [title, row, list] = [find(".title"), find(".row"), find("select")];
  title.hidden = !data.show_title;
  title.textContent = data.title;
  row.setAttribute("aria-label", data.title);
  list.setAttribute("aria-label", data.title);
  if (row.children.length !== data.options.length) {
    row.replaceChildren(...data.options.map(option));
    list.replaceChildren(...data.options.map(() => document.createElement("option")));
  }
  data.options.forEach((text, number) => {
    const [input, words] = row.children[number].children;
    input.checked = number === data.chosen;
    words.textContent = text;
    list.children[number].textContent = text;
  });
  list.selectedIndex = data.chosen;
  row.onchange = () => pick([...row.children].findIndex((label) => label.firstChild.checked));
  list.onchange = () => pick(list.selectedIndex);

  function pick(number) {
    setTriggerValue("picked", number);
  }
}

function option() {
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name: "choice" });
  label.append(input, document.createElement("span"));
  return label;
}
