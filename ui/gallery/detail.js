// One sample: original | overlay | map, zoomed and moved together, on black.

const DETAIL_AT = 420;
const PANELS = [
  ["Original", ["picture", "lines"]], ["Overlay", ["picture", "heat", "lines"]], ["Map", ["heat", "lines"]],
];

function makePanel(card, [title, layers]) {
  const figure = element("figure", "panel");
  const box = element("div", "box");
  const stage = makeStage(card, layers, DETAIL_AT);
  box.append(stage.root);
  figure.append(element("figcaption", "", title), box);
  return { figure, box, stage, alone: !layers.includes("picture") };
}

function zoomTogether(panels) {
  const place = { scale: 1, x: 0, y: 0 };
  const apply = () => {
    const reach = (place.scale - 1) / 2;
    place.x = Math.min(Math.max(place.x, -reach), reach);
    place.y = Math.min(Math.max(place.y, -reach), reach);
    for (const { stage } of panels) {
      stage.root.style.transform =
        `translate(${place.x * 100}%, ${place.y * 100}%) scale(${place.scale})`;
    }
    for (const { box } of panels) box.classList.toggle("zoomed", place.scale > 1);
  };
  const zoom = (factor) => {
    const before = place.scale;
    place.scale = Math.min(Math.max(before * factor, 1), 12);
    place.x *= place.scale / before;
    place.y *= place.scale / before;
    apply();
  };
  for (const { box, stage } of panels) {
    box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && place.scale === 1 && event.deltaY > 0) return; // let the page scroll
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
    }, { passive: false });
    box.addEventListener("pointerdown", (event) => {
      if (place.scale === 1) return;
      box.setPointerCapture(event.pointerId);
      box.onpointermove = (move) => {
        place.x += move.movementX / stage.root.clientWidth;
        place.y += move.movementY / stage.root.clientHeight;
        apply();
      };
      box.onpointerup = () => { box.onpointermove = null; };
    });
    box.addEventListener("dblclick", () => zoom(place.scale === 1 ? 2.5 : 1 / 12));
  }
  return zoom;
}

const LAST_STEP = { id: null, at: 0 };

// Quick presses count from the sample last asked for, not from the one that has arrived so far.
function stepBy(by, data, send) {
  const asked = Date.now() - LAST_STEP.at < 3000 ? data.nearby.indexOf(LAST_STEP.id) : -1;
  const target = data.nearby[(asked === -1 ? data.here : asked) + by];
  if (target === undefined) return;
  Object.assign(LAST_STEP, { id: target, at: Date.now() });
  send("step", target);
}

function detailKey(event, zoom, data, send) {
  const keys = {
    ArrowLeft: () => stepBy(-1, data, send), ArrowRight: () => stepBy(1, data, send),
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => zoom(1 / 12),
  };
  const action = keys[event.key];
  if (action) action();
  return Boolean(action);
}

function drawDetail(root, data, view, send) {
  const card = data.cards[0];
  const reviews = makeReviews(() => card.id, send, false);
  reviews.update(data.reviews);
  if (!card.picture) {
    const box = element("div", "box lonely");
    box.append(element("div", "broken", card.reason || "The picture could not be read."));
    root.replaceChildren(box, reviews.root, factColumns(data));
    return { reviews, onKey: (event) => reviews.key(event) || detailKey(event, () => {}, data, send) };
  }
  const map = mapsOf(data)[0];
  const panels = PANELS.map((panel) => makePanel(card, panel));
  const paint = () => {
    for (const { stage, alone } of panels) {
      if (stage.heat) paintHeat(stage, map, view, alone);
      paintLines(stage, map, stage.heat ? view : { ...view, options: { ...view.options, contour: "off" } });
    }
  };
  if (!card.map) panels[2].box.append(element("div", "broken", card.reason || "There is no map."));
  const zoom = zoomTogether(panels);
  const toolbar = makeToolbar(view, paint, "detail");
  const row = element("div", "panels");
  row.append(...panels.map((panel) => panel.figure));
  const caption = element("div", "caption", data.caption);
  root.replaceChildren(row, reviews.root, caption, toolbar.root, factColumns(data));
  paint();
  const onKey = (event) => reviews.key(event) || detailKey(event, zoom, data, send) || overlayKey(event, toolbar);
  return { reviews, onKey };
}
