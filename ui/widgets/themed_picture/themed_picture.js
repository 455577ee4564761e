// A picture in two inks, the text colour and the accent: two masks, one above the other in a file.

export default function ({ data: { sprite, width, height, alternative }, parentElement }) {
  const picture = parentElement.querySelector(".picture");
  setVariables(picture, { sprite: pngUrl(sprite), width, height });
  picture.ariaLabel = alternative;
}
