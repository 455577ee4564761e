// A QR code beside the words that say the same.

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const [picture, words, link, code] = ["img", ".words", ".link", ".code"].map(find);
  const source = `data:image/png;base64,${data.png}`;
  if (picture.src !== source) picture.src = source;
  picture.alt = `QR code: ${data.link}`;
  picture.width = picture.height = data.size;
  words.textContent = data.words;
  // What somebody types needs no "http://".
  link.textContent = data.link.replace(/^https?:\/\//, "").replace(/\?.*/, "");
  code.textContent = data.code;
  code.hidden = !data.code;
}
