// A whole number to type or to reach by steps. The hand leads: until the server has heard the last
// number that was chosen, what it says is about one before.

const WHOLE = /^[-−]?(\d+|\d{1,3}(,\d{3})+)$/;

export default function ({ data, parentElement, setStateValue }) {
  const find = (name) => parentElement.querySelector(name);
  const [field, input, said] = [find(".field"), find("input"), find(".said")];
  const { title, value, low, high, heard } = data;
  field.chosen ??= { counter: Math.random(), count: 0, number: value };
  find(".title").textContent = title;
  const answered = heard?.counter === field.chosen.counter ? heard.count : 0;
  if (answered >= field.chosen.count && (value !== field.chosen.number || !input.value)) {
    const isTyping = input.matches(":focus") && input.value !== String(field.chosen.number);
    field.chosen.number = value;
    if (!isTyping) write();
  }
  ready();

  input.oninput = () => say("");
  input.onchange = take;
  input.onkeydown = (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by) step(by);
    else if (event.key === "Enter") take();
    else if (event.key === "Escape") write();
    if (by) event.preventDefault();
  };
  find(".down").onclick = () => step(-1);
  find(".up").onclick = () => step(1);

  function step(by) {
    take();
    choose(Math.min(Math.max(field.chosen.number + by, low), high));
  }

  // What stands in the field; what cannot be taken stays there, with the reason.
  function take() {
    const text = input.value.trim();
    const number = Number(text.replaceAll(",", "").replace("−", "-"));
    if (!text) write();
    else if (!WHOLE.test(text)) say("That is no whole number.");
    else if (number < low || number > high) say(`There are only ${grouped(low)} to ${grouped(high)}.`);
    else choose(number);
  }

  function choose(number) {
    const { counter, count } = field.chosen;
    if (number !== field.chosen.number) {
      field.chosen = { counter, count: count + 1, number };
      setStateValue("chosen", field.chosen);
    }
    write();
    ready();
  }

  function write() {
    input.value = field.chosen.number;
    say("");
  }

  function say(words) {
    said.textContent = words;
    input.ariaInvalid = words ? "true" : "false";
  }

  function ready() {
    const { number } = field.chosen;
    Object.assign(input, { ariaValueNow: number, ariaValueMin: low, ariaValueMax: high });
    find(".down").disabled = number <= low;
    find(".up").disabled = number >= high;
  }
}

function grouped(number) {
  return number.toLocaleString("en");
}
