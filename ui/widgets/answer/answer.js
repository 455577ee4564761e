// Two texts that change in place, so that screen readers notice.

export default function ({ data, parentElement }) {
  const status = parentElement.querySelector("[role=status]");
  showServerData(parentElement.host, data, ({ reading, certainty, live }) => {
    // What changes with every step of the pen is announced by live_reader.js, now and then.
    status.ariaLive = live ? "off" : "polite";
    for (const [name, text] of Object.entries({ reading, certainty })) {
      const place = status.querySelector(`.${name}`);
      // A new element for a new text: one whose text changes in place is not translated again.
      if (place.textContent !== text) place.replaceChildren(element("span", { textContent: text }));
    }
  });
}
