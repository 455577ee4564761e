// Tags with a dot of their colour. What is written on them is text, never HTML.

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".tags");
  list.ariaLabel = data.label;
  list.classList.toggle("large", data.large);
  const made = data.clickable ? "button" : "div";
  if (list.made !== made) list.replaceChildren();
  list.made = made;
  const tags = matchChildren(list, data.tags.length, () => makeTag(made));
  data.tags.forEach(({ text, colour, note, here }, position) => {
    const [dot, name, words] = tags[position].querySelectorAll("span");
    dot.className = `dot ${colour}`;
    if (name.textContent !== text) name.textContent = text;
    if (words.textContent !== note) words.textContent = note;
    tags[position].firstChild.classList.toggle("away", !here);
  });
  list.onclick = ({ target }) => {
    const position = tags.findIndex((tag) => tag.contains(target));
    if (data.clickable && position >= 0) setTriggerValue("picked", position);
  };
}

function makeTag(tag) {
  const parts = ["dot", "name", "note"].map((className) => element("span", { className }));
  const kind = tag === "button" ? { type: "button" } : {};
  const item = element("div", {}, element(tag, { className: "tag", ...kind }, ...parts));
  item.role = "listitem";
  return item;
}
