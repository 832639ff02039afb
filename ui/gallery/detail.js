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

const LAST_STEP = { id: null, at: 0 };

// Quick presses count from the sample last asked for, not from the one that has arrived so far.
function stepBy(by, data, send) {
  const asked = Date.now() - LAST_STEP.at < 3000 ? data.nearby.indexOf(LAST_STEP.id) : -1;
  const target = data.nearby[(asked === -1 ? data.here : asked) + by];
  if (target === undefined) return;
  Object.assign(LAST_STEP, { id: target, at: Date.now() });
  send("step", target);
}

function viewKeys(zoom, reader) {
  const [nearer, further] = [() => zoom.by(1.3), () => zoom.by(1 / 1.3)];
  return { "+": nearer, "=": nearer, "-": further, 0: zoom.fit, p: zoom.pixels, w: () => zoom.tool(), i: reader.invert };
}

function detailKey(event, view, data, send) {
  const keys = { ArrowLeft: () => stepBy(-1, data, send), ArrowRight: () => stepBy(1, data, send), ...view };
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
    return { reviews, onKey: (event) => reviews.key(event) || detailKey(event, {}, data, send) };
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
  const pictures = panels.flatMap(({ box }) => [...box.querySelectorAll("img.picture")]);
  const reader = makeWindow(pictures, view);
  const zoom = zoomTogether(panels, reader);
  const keys = viewKeys(zoom, reader);
  const toolbar = makeToolbar(view, paint, "detail");
  const row = element("div", "panels");
  row.append(...panels.map((panel) => panel.figure));
  const caption = element("div", "caption", data.caption);
  root.replaceChildren(reader.svg, row, reviews.root, viewControls(zoom, reader), caption, toolbar.root, factColumns(data));
  paint();
  const onKey = (event) => reviews.key(event) || detailKey(event, keys, data, send) || overlayKey(event, toolbar);
  return { reviews, onKey };
}
