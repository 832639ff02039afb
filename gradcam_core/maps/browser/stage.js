// One picture with its layers: base picture, veil over what the model never saw, heat, lines.

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function placeAt(node, [top, left, bottom, right]) {
  node.style.top = `${top * 100}%`;
  node.style.left = `${left * 100}%`;
  node.style.height = `${(bottom - top) * 100}%`;
  node.style.width = `${(right - left) * 100}%`;
}

// layers: which of "picture", "heat", "lines" this stage shows.
function makeStage(card, layers, longest) {
  const root = element("div", "stage");
  const [height, width] = card.size;
  const ratio = width / height;
  root.style.width = ratio >= 1 ? "100%" : `${ratio * 100}%`;
  root.style.height = ratio >= 1 ? `${100 / ratio}%` : "100%";
  const stage = { root, card, longest, layers, heat: null, lines: null };
  if (layers.includes("picture")) {
    const picture = element("img", "picture");
    picture.alt = card.alt;
    picture.decoding = "async";
    picture.draggable = false;
    picture.src = card.picture;
    root.append(picture);
    if (card.seen.some((value, i) => Math.abs(value - [0, 0, 1, 1][i]) > 0.002)) {
      const frame = element("div", "unseen");
      frame.title = "Only the part inside this frame was shown to the model";
      placeAt(frame, card.seen);
      root.append(frame);
    }
  }
  for (const layer of ["heat", "lines"]) {
    if (!layers.includes(layer)) continue;
    stage[layer] = element("canvas", layer);
    placeAt(stage[layer], layer === "heat" ? card.seen : [0, 0, 1, 1]);
    root.append(stage[layer]);
  }
  return stage;
}

function seenPixels(stage) {
  const { card, longest } = stage;
  const height = (card.seen[2] - card.seen[0]) * card.size[0];
  const width = (card.seen[3] - card.seen[1]) * card.size[1];
  const scale = longest / Math.max(height, width);
  return [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))];
}

// alone: the map by itself, opaque; otherwise cold areas may fade so that the picture stays readable.
function paintHeat(stage, map, view, alone) {
  const { options, table, shared } = view;
  const canvas = stage.heat;
  const shown = stage.card.map && (alone || options.overlay === "on");
  canvas.hidden = !shown;
  canvas.style.opacity = alone ? "1" : String(Number(options.alpha) / 100);
  if (!shown) return;
  const [height, width] = seenPixels(stage);
  canvas.height = height;
  canvas.width = width;
  const field = fieldOf(map, stage.card.grid, stage.card.content, height, width, options.grain === "smooth");
  const top = topOf(map, options.scale, shared);
  const floor = Number(options.floor) / 100;
  const fade = options.fade === "on" && !alone;
  const image = new ImageData(width, height);
  for (let i = 0; i < field.length; i += 1) {
    const value = top > 0 ? Math.min(Math.max(field[i] / top, 0), 1) : 0;
    const at = Math.round(value * 255) * 3;
    image.data[i * 4] = table[at];
    image.data[i * 4 + 1] = table[at + 1];
    image.data[i * 4 + 2] = table[at + 2];
    let alpha = fade ? Math.min(1, value * 1.6) : 1;
    if (floor > 0 && value < floor) alpha = 0;
    image.data[i * 4 + 3] = Math.round(alpha * 255);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function strokeTwice(context, draw, width, dash) {
  for (const [colour, thick] of [["rgba(0,0,0,0.75)", width * 2.2], ["#ffffff", width]]) {
    context.strokeStyle = colour;
    context.lineWidth = thick;
    context.setLineDash(dash);
    context.beginPath();
    draw();
    context.stroke();
  }
}

function paintLines(stage, map, view) {
  const { options } = view;
  const canvas = stage.lines;
  const { card } = stage;
  const scale = (stage.longest * 2) / Math.max(...card.size);
  canvas.height = Math.round(card.size[0] * scale);
  canvas.width = Math.round(card.size[1] * scale);
  const context = canvas.getContext("2d");
  const thick = Math.max(1.2, stage.longest / 130);
  if (options.outline === "on") {
    strokeTwice(context, () => outlinePath(context, card.outline, canvas), thick, [thick * 4, thick * 3]);
  }
  const peak = peakOf(map);
  if (options.contour === "on" && card.map && peak > 0) {
    const [height, width] = seenPixels({ card, longest: 96 });
    const field = fieldOf(map, card.grid, card.content, height, width, true);
    const segments = contourOf(field, height, width, peak / 2);
    strokeTwice(context, () => contourPath(context, segments, card.seen, canvas), thick, []);
  }
}

function outlinePath(context, outline, canvas) {
  for (const polygon of outline) {
    for (let i = 0; i + 1 < polygon.length; i += 2) {
      const x = polygon[i] * canvas.width;
      const y = polygon[i + 1] * canvas.height;
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
  }
}

function contourPath(context, segments, seen, canvas) {
  const x = (share) => (seen[1] + share * (seen[3] - seen[1])) * canvas.width;
  const y = (share) => (seen[0] + share * (seen[2] - seen[0])) * canvas.height;
  for (let i = 0; i < segments.length; i += 4) {
    context.moveTo(x(segments[i]), y(segments[i + 1]));
    context.lineTo(x(segments[i + 2]), y(segments[i + 3]));
  }
}
