// The bar of the tour. A cookie that ends with the browser lets a reload go on where it was.

// What the visitor has been led to: the button for it may have been far below, as on a phone.
let shownStop;

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(name);
  const [words, go, leave] = [find(".words"), find(".go"), find(".leave")];
  // The page below may be in another language.
  Object.assign(find(".tour"), { lang: data.names.language, ariaLabel: data.names.tour });
  Object.assign(leave, { title: data.names.leave, ariaLabel: data.names.leave });
  const [name, value, left] = data.cookies;
  const remember = (text) => {
    document.cookie = `${name}=${text}; path=/; SameSite=Lax`;
  };
  remember(value);
  const said = `${data.count}/${data.words}/${data.done}`;
  if (words.dataset.said !== said) {
    words.dataset.said = said;
    // New elements: a page that the browser has translated would keep the old text.
    words.replaceChildren(
      element("span", { className: "count", textContent: data.done ? "✓" : data.count }),
      element("span", { textContent: data.words }),
    );
  }
  if (go.textContent !== data.go) {
    // On a phone there is room for the first word only.
    const parts = data.go ? data.go.split(/(?=:)/) : [];
    go.replaceChildren(...parts.map((textContent) => element("span", { textContent })));
  }
  if (shownStop !== data.count) scrollToTop(parentElement);
  shownStop = data.count;
  go.hidden = data.go === "";
  go.classList.toggle("on", data.done);
  go.onclick = () => setTriggerValue("go", true);
  leave.onclick = () => {
    remember(left);
    shownStop = undefined;
    setTriggerValue("leave", true);
  };
}
