// A list to choose from, the browser's own.

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector("select");
  parentElement.querySelector(".title").textContent = data.title;
  if (list.options.length !== data.options.length) {
    list.replaceChildren(...data.options.map(() => document.createElement("option")));
  }
  data.options.forEach((text, number) => {
    list.options[number].textContent = text;
  });
  list.selectedIndex = data.chosen;
  list.onchange = () => setTriggerValue("picked", list.selectedIndex);
}
