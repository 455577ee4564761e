// Asks the browser to notify the visitor at the end of a training; only on request, and only once.

const asked = new Set();

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector(".tell");
  const say = (text) => {
    const place = parentElement.querySelector(".answer");
    if (place.shownText === text) return;
    place.shownText = text;
    place.replaceChildren(...(text ? [element("span", { textContent: text })] : []));
  };
  // Browsers offer it only to pages that came by a safe connection.
  const isPossible = "Notification" in window && window.isSecureContext;
  if (button.textContent !== data.offer) button.textContent = data.offer;
  button.hidden = data.is_over || !isPossible || asked.has(data.event);
  button.onclick = async () => {
    const answer = await Notification.requestPermission();
    if (answer === "granted") asked.add(data.event);
    button.hidden = answer === "granted";
    say(answer === "granted" ? data.granted : data.denied);
  };
  if (!data.is_over) return;
  say("");
  if (!asked.delete(data.event)) return;
  // On phones only an installed page may do so.
  try {
    new Notification(data.title, { body: data.words });
  } catch {
    return;
  }
}
