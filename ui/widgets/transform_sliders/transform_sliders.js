// Four sliders. While one is dragged, the page follows at most ten times a second.

const PACE_MILLISECONDS = 100;

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".transform");
  const sliders = Object.entries(data.sliders);
  const holder = root.querySelector(".sliders");
  if (!holder.children.length) holder.append(...sliders.map(makeSlider));
  const inputs = [...holder.querySelectorAll("input")];
  // The visitor leads: what the server answers may be about where the sliders were a moment ago.
  if (root.image !== data.image) {
    root.image = data.image;
    clearTimeout(root.timer);
    root.timer = undefined;
    setAll(data.values);
  }
  root.querySelector(".answer").textContent = data.answer;

  holder.oninput = () => {
    showValues();
    root.timer ??= setTimeout(send, PACE_MILLISECONDS);
  };
  // A slider that is let go is not waited for.
  holder.onchange = () => root.timer && send();
  root.querySelector("button").onclick = () => {
    setAll(Object.fromEntries(sliders.map(([name, slider]) => [name, slider.neutral])));
    send();
  };

  function send() {
    clearTimeout(root.timer);
    root.timer = undefined;
    const values = Object.fromEntries(sliders.map(([name], at) => [name, Number(inputs[at].value)]));
    setStateValue("transform", { image: data.image, values });
  }

  function setAll(values) {
    sliders.forEach(([name], at) => (inputs[at].value = values[name]));
    showValues();
  }

  function showValues() {
    sliders.forEach(([, { step, unit }], at) => {
      const decimals = Number.isInteger(step) ? 0 : 1;
      const value = Number(inputs[at].value).toFixed(decimals).replace("-", "−");
      inputs[at].ariaValueText = `${value}${unit}`;
      inputs[at].previousElementSibling.lastElementChild.textContent = `${value}${unit}`;
    });
  }
}

function makeSlider([, { title, low, high, step }]) {
  const name = element("span", { textContent: title });
  const line = element("span", { className: "line" }, name, element("output"));
  const range = { type: "range", min: low, max: high, step, ariaLabel: title };
  return element("label", {}, line, element("input", range));
}
