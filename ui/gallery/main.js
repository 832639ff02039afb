// Mounted once for the whole grid (or the whole sample). Called again whenever Python sends new data.

const MOUNTED = new WeakMap();

function makeView(data) {
  const tables = Object.fromEntries(
    Object.entries(data.tables).map(([name, base64]) => [name, bytesOf(base64)]));
  const options = overlayOptions();
  return { options, shared: data.shared, get table() { return tables[options.cmap]; } };
}

// Verdicts change often and pictures do not: what is drawn stays where only the verdicts are new.
function drawnFrom(data) {
  return JSON.stringify({ ...data, reviews: null });
}

export default function mount(component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".gallery");
  const before = MOUNTED.get(root);
  const drawn = drawnFrom(data);
  const now = { drawn, sent: before?.sent ?? 0, leave: before?.leave ?? [], setTriggerValue };
  if (before?.drawn === drawn) {
    before.setTriggerValue = setTriggerValue;
    before.view.reviews?.update(data.reviews);
    optionsToUrl();
    return before.away;
  }
  before?.view.reviews?.stop();
  if (before) document.removeEventListener("keydown", before.listener);
  const focused = root.getRootNode().activeElement?.dataset?.id;
  const send = (name, value) => {
    now.sent += 1;
    now.setTriggerValue(name, { value, seq: `${Date.now()}-${now.sent}` });
  };
  const draw = data.mode === "detail" ? drawDetail : drawGrid;
  now.view = draw(root, data, makeView(data), send);
  if (focused) [...root.querySelectorAll(".card")].find((card) => card.dataset.id === focused)?.focus();
  now.listener = (event) => {
    if (!isTyping(event) && now.view.onKey(event)) event.preventDefault();
  };
  document.addEventListener("keydown", now.listener);
  oneHistoryEntry();
  now.leave.splice(0).forEach((end) => end());
  if (data.mode === "detail") keepPlace({ sample: data.cards[0]?.id ?? null });
  else now.leave.push(jumpLink(() => root.querySelector(".card")), before ? () => {} : holdPlace(root));
  optionsToUrl();
  now.away = () => {
    document.removeEventListener("keydown", now.listener);
    now.view.reviews?.stop();
    now.leave.splice(0).forEach((end) => end());
  };
  MOUNTED.set(root, now);
  return now.away;
}
