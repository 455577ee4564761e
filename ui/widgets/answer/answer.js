// Two texts that change in place, so that screen readers notice.

export default function ({ data, parentElement }) {
  const { host } = parentElement;
  host.show = ({ said, sureness, live }) => {
    const status = parentElement.querySelector("[role=status]");
    // What changes with every step of the pen is told by live_reader.js, now and then.
    status.ariaLive = live ? "off" : "polite";
    status.querySelector(".said").textContent = said;
    status.querySelector(".sureness").textContent = sureness;
  };
  // While a line is drawn, live_reader.js keeps the place for what it reads itself.
  host.told = data;
  if (host.keeper) host.keeper(host);
  else host.show(data);
}
