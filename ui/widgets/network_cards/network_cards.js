// Networks to train, one button each: its picture, how long it takes, what it reaches.

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".cards");
  const text = JSON.stringify(data.cards);
  box.onclick = (event) => {
    const card = event.target.closest(".card");
    if (card) setTriggerValue("picked", [...box.children].indexOf(card));
  };
  // Cards that stay keep the focus.
  if (box.shownText === text) return;
  box.shownText = text;
  const hadFocus = [...box.children].indexOf(box.querySelector(":focus"));
  box.replaceChildren(...data.cards.map(makeCard));
  box.children[hadFocus]?.focus();
  box.querySelectorAll(".picture").forEach(fit);
}

// All layers are to be seen, however many there are.
function fit(picture) {
  const share = Math.min(1, picture.clientWidth / picture.scrollWidth);
  if (share < 1) picture.firstElementChild.style.zoom = share;
}

function makeCard({ title, words, blocks, accuracy, time, action }) {
  const part = (className, ...children) => element("span", { className }, ...children);
  const strong = (text) => element("b", { textContent: text });
  const picture = part("picture", part("layers", ...blocks.map(makeSheets)));
  picture.ariaHidden = "true";
  const facts = part("facts", strong(accuracy), " correct in ", strong(time));
  const parts = [part("title", title), picture, part("words", words), facts, part("action", action)];
  return element("button", { type: "button", className: "card" }, ...parts);
}
