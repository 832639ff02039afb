// Zoom and pan of all panels together: by wheel, drag, keys and buttons.

const MOST_ZOOM = 12;

// reader: { drag(dx, dy, start), now() } takes the drags where the tool is "window".
function zoomTogether(panels, reader) {
  const place = { scale: 1, x: 0, y: 0, pixels: false, tool: "move" };
  const listeners = [];
  const picture = panels[0].box.querySelector("img");
  const wide = () => parseFloat(getComputedStyle(panels[0].stage.root).width); // fractions of a pixel, too
  const ratio = () => picture.naturalWidth / (wide() * window.devicePixelRatio);
  const one = () => (Number.isFinite(ratio()) && ratio() > 0 ? ratio() : 1);
  const apply = () => {
    const reach = Math.max(0, (place.scale - 1) / 2);
    place.x = Math.min(Math.max(place.x, -reach), reach);
    place.y = Math.min(Math.max(place.y, -reach), reach);
    for (const { box, stage } of panels) {
      stage.root.style.transform =
        `translate(${place.x * 100}%, ${place.y * 100}%) scale(${place.scale})`;
      for (const img of stage.root.querySelectorAll("img")) {
        img.style.imageRendering = place.pixels ? "pixelated" : "";
      }
      box.classList.toggle("zoomed", place.scale > 1);
      box.classList.toggle("windowing", place.tool === "window");
    }
    for (const tell of listeners) tell(place, one());
  };
  const to = (scale) => {
    const before = place.scale;
    place.scale = Math.min(Math.max(scale, Math.min(1, one())), Math.max(MOST_ZOOM, one()));
    place.x *= place.scale / before;
    place.y *= place.scale / before;
    apply();
  };
  const zoom = {
    by: (factor) => to(Math.max(1, place.scale) * factor < 1 ? 1 : place.scale * factor),
    fit: () => { place.pixels = false; to(1); },
    pixels: () => { place.pixels = true; to(one()); },
    tool: (name) => { place.tool = name ?? (place.tool === "move" ? "window" : "move"); apply(); },
    onChange: (tell) => { listeners.push(tell); tell(place, one()); },
  };
  for (const { box, stage } of panels) {
    box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && place.scale <= 1 && event.deltaY > 0) return; // let the page scroll
      event.preventDefault();
      zoom.by(event.deltaY < 0 ? 1.15 : 1 / 1.15);
    }, { passive: false });
    box.addEventListener("pointerdown", (event) => {
      const windowing = place.tool === "window";
      if (!windowing && place.scale <= 1) return;
      box.setPointerCapture(event.pointerId);
      const [start, x, y] = [reader.now(), event.clientX, event.clientY];
      box.onpointermove = (move) => {
        if (windowing) { reader.drag(move.clientX - x, move.clientY - y, start); return; }
        place.x += move.movementX / stage.root.clientWidth;
        place.y += move.movementY / stage.root.clientHeight;
        apply();
      };
      box.onpointerup = () => { box.onpointermove = null; };
      box.onpointercancel = box.onpointerup;
    });
    box.addEventListener("dblclick", () => (place.scale === 1 ? zoom.by(2.5) : zoom.fit()));
  }
  if (!picture.complete) picture.addEventListener("load", apply, { once: true });
  return zoom;
}

function viewButton(text, title, act) {
  const button = element("button", "quiet key", text);
  button.type = "button";
  button.title = title;
  button.setAttribute("aria-label", title);
  button.addEventListener("click", act);
  return button;
}

// The row above the pictures' toolbar: zoom, one-to-one pixels, what dragging does, window and level.
function viewControls(zoom, reader) {
  const root = element("div", "toolbar viewing");
  root.setAttribute("role", "toolbar");
  root.setAttribute("aria-label", "View of the picture");
  const shown = element("output", "number");
  shown.title = "Screen pixels per pixel of the picture";
  const tool = viewButton("Drag: move", "What dragging does (key w)", () => zoom.tool());
  const pixels = viewButton("1:1", "One pixel of the picture is one pixel of the screen (key p)", zoom.pixels);
  root.append(
    viewButton("−", "Zoom out (key −)", () => zoom.by(1 / 1.3)), shown,
    viewButton("+", "Zoom in (key +)", () => zoom.by(1.3)),
    viewButton("Fit", "Whole picture (key 0)", zoom.fit), pixels, tool, ...reader.controls,
  );
  zoom.onChange((place, one) => {
    shown.textContent = `${(place.scale / one).toFixed(2)}×`;
    pixels.setAttribute("aria-pressed", String(place.pixels && Math.abs(place.scale / one - 1) < 0.01));
    const said = place.tool === "window" ? "Drag: window" : "Drag: move";
    tool.textContent = said;
    tool.setAttribute("aria-label", `${said} (key w changes it)`);
  });
  return root;
}
