// Radio buttons side by side, and the same options as a list; the style sheet shows what fits.

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(name);
  const [title, row, list] = [find(".title"), find(".row"), find("select")];
  find(".choice").classList.toggle("as-list", data.as_list);
  title.hidden = !data.show_title;
  title.textContent = row.ariaLabel = list.ariaLabel = data.title;
  const buttons = matchChildren(row, data.options.length, () =>
    element("label", {}, element("input", { type: "radio", name: "choice" }), element("span")),
  );
  const isOpen = data.chosen < 0; // nothing is chosen yet
  const { length } = data.options;
  // A translation leaves a digit alone.
  const show = (place, text) =>
    Object.assign(place, { textContent: text, translate: !/^\d$/.test(text) });
  const options = matchChildren(list, length + isOpen, () => element("option"));
  options.forEach((option, number) => {
    show(option, data.options[number] ?? data.open);
    option.hidden = number === length;
  });
  data.options.forEach((text, number) => {
    const [input, words] = buttons[number].children;
    input.checked = number === data.chosen;
    show(words, text);
  });
  list.selectedIndex = isOpen ? length : data.chosen;
  const pick = (number) => setTriggerValue("picked", number);
  row.onchange = () => pick(buttons.findIndex((label) => label.firstChild.checked));
  list.onchange = () => pick(list.selectedIndex);
}
