// Four sliders. While one is dragged, the page follows at most ten times a second.

const PACE_MILLISECONDS = 100;

export default function ({ data, parentElement, setStateValue }) {
  const dial = parentElement.querySelector(".dial");
  const knobs = Object.entries(data.knobs);
  const holder = dial.querySelector(".knobs");
  if (!holder.children.length) holder.append(...knobs.map(slider));
  const inputs = [...holder.querySelectorAll("input")];
  // Otherwise the hand leads: what the server answers may be about where it was a moment ago.
  if (dial.image !== data.image) {
    dial.image = data.image;
    clearTimeout(dial.waiting);
    dial.waiting = undefined;
    put(data.values);
  }
  dial.querySelector(".said").textContent = data.said;

  holder.oninput = () => {
    write();
    dial.waiting ??= setTimeout(tell, PACE_MILLISECONDS);
  };
  // The last one is not waited for.
  holder.onchange = () => dial.waiting && tell();
  dial.querySelector("button").onclick = () => {
    put(Object.fromEntries(knobs.map(([name, knob]) => [name, knob.at_rest])));
    tell();
  };

  function tell() {
    clearTimeout(dial.waiting);
    dial.waiting = undefined;
    const values = Object.fromEntries(knobs.map(([name], at) => [name, Number(inputs[at].value)]));
    setStateValue("turned", { image: data.image, values });
  }

  function put(values) {
    knobs.forEach(([name], at) => {
      inputs[at].value = values[name];
    });
    write();
  }

  function write() {
    knobs.forEach(([, knob], at) => {
      const decimals = Number.isInteger(knob.step) ? 0 : 1;
      const value = Number(inputs[at].value).toFixed(decimals).replace("-", "−");
      const words = `${value}${knob.unit}`;
      inputs[at].setAttribute("aria-valuetext", words);
      inputs[at].previousElementSibling.lastElementChild.textContent = words;
    });
  }
}

function slider([, { title, low, high, step }]) {
  const label = document.createElement("label");
  const [line, words, value] = ["span", "span", "output"].map((tag) => document.createElement(tag));
  const input = document.createElement("input");
  line.className = "line";
  words.textContent = title;
  line.append(words, value);
  Object.assign(input, { type: "range", min: low, max: high, step, ariaLabel: title });
  label.append(line, input);
  return label;
}
