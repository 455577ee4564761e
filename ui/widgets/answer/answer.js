// Two texts that change in place, so that screen readers notice.

export default function ({ data, parentElement }) {
  const status = parentElement.querySelector("[role=status]");
  showServerData(parentElement.host, data, ({ reading, certainty, live }) => {
    // What changes with every step of the pen is announced by live_reader.js, now and then.
    status.ariaLive = live ? "off" : "polite";
    status.querySelector(".reading").textContent = reading;
    status.querySelector(".certainty").textContent = certainty;
  });
}
