// A link in a line, and a button that copies it.

const SHOWN_MILLISECONDS = 4000;

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const [button, line, result] = [find("button"), find("input"), find(".result")];
  button.textContent = data.label;
  const link = `${location.origin}${location.pathname}?${new URLSearchParams(data.query)}`;
  if (line.value !== link) {
    line.value = link;
    show("");
  }
  line.onfocus = () => line.select();
  button.onclick = async () => {
    const copied = await copy(line);
    show(copied ? "Copied." : "Your browser did not copy it: select the link and copy it yourself.");
  };

  function show(text) {
    result.textContent = text;
    clearTimeout(result.timer);
    result.timer = setTimeout(() => (result.textContent = ""), SHOWN_MILLISECONDS);
  }
}

async function copy(line) {
  try {
    await navigator.clipboard.writeText(line.value);
    return true;
  } catch {
    // Over plain http from another machine there is no clipboard to write to, only the old way.
    line.select();
    return document.execCommand("copy");
  }
}
