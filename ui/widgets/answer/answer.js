// Two texts that change, so that screen readers notice.

export default function ({ data, parentElement }) {
  const status = parentElement.querySelector("[role=status]");
  status.classList.toggle("row", data.inRow);
  showServerData(parentElement.host, data, ({ reading, certainty, isSeveral, live }) => {
    // What changes with every step of the pen is announced by live_reader.js, now and then.
    status.ariaLive = live ? "off" : "polite";
    status.querySelector(".reading").classList.toggle("several", !!isSeveral);
    for (const [name, text] of Object.entries({ reading, certainty })) {
      const place = status.querySelector(`.${name}`);
      // A new element for a new text: one whose text changes in place is not translated again.
      if (place.textContent === text) continue;
      place.replaceChildren(...(text ? [element("span", { textContent: text })] : []));
    }
  });
}
