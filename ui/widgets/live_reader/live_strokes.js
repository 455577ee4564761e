// Nothing to see: the strokes that the server knows, for live_reader.js.

export default function ({ data, parentElement }) {
  showServerData(parentElement.host, data, () => {});
}
