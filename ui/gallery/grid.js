// The grid: cards, focus that moves with the arrow keys, redraw on a change of options.

const SHOWN_AT = 144;

function ruler(score) {
  const root = element("div", "ruler");
  if (score.value === null) {
    root.append(element("span", "undefined", score.why));
    root.title = score.why;
    return root;
  }
  const [low, high] = score.range;
  const share = (value) => `${(100 * (value - low)) / (high - low)}%`;
  const line = element("div", "line");
  for (const mark of score.marks) {
    const node = element("i", `mark ${mark.kind}`);
    node.style.left = share(mark.value);
    node.title = mark.title;
    line.append(node);
  }
  const dot = element("b", "dot");
  dot.style.left = share(Math.min(Math.max(score.value, low), high));
  line.append(dot);
  root.title = `${score.title} ${score.value.toFixed(2)}. ${score.help}`;
  root.append(line, element("span", "number", score.value.toFixed(2)));
  return root;
}

function classLine(card) {
  const root = element("div", "classes");
  const { truth, answer } = card.said;
  root.title = answer ? `${truth} → ${answer}` : truth;
  root.append(element("span", "truth", truth));
  if (answer) root.append(element("span", "arrow", "→"), element("span", "predicted", answer));
  return root;
}

function verdictLine(card) {
  const root = element("div", "verdict");
  const { verdict, wrong, number } = card.said;
  root.append(element("span", wrong ? "wrong" : "", wrong ? `✕ ${verdict}` : verdict));
  if (number) root.append(element("span", "number", number));
  return root;
}

// A name that is read aloud begins with what is seen, so that it can be asked for by voice.
function visibleText(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) words.push(walker.currentNode.textContent.trim());
  return words.filter(Boolean).join(" ");
}

function makeCard(card, open) {
  const root = element("a", "card");
  root.href = sampleLink(card.id);
  root.tabIndex = -1;
  root.dataset.id = card.id;
  root.title = card.id;
  const box = element("div", "box");
  let stage = null;
  if (card.picture) {
    stage = makeStage(card, ["picture", "heat", "lines"], SHOWN_AT);
    box.append(stage.root);
  } else {
    box.append(element("div", "broken", card.reason || "The picture could not be read."));
  }
  const badges = element("div", "badges");
  for (const text of card.badges) badges.append(element("span", "badge", text));
  box.append(badges);
  root.append(box, classLine(card), verdictLine(card), ruler(card.score));
  if (card.sorted) root.append(element("div", "sorted number", card.sorted));
  root.setAttribute("aria-label", `${visibleText(root)}. ${card.alt}`);
  root.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab, as with any link
    event.preventDefault();
    open(card.id);
  });
  return { root, stage };
}

function cellOf(card, reviews) {
  const cell = element("div", "cell");
  cell.append(card.root, reviews.lineUnder(card.root.dataset.id));
  return cell;
}

function columnsOf(cards) {
  const first = cards[0].root.offsetTop;
  const next = cards.findIndex((card) => card.root.offsetTop > first);
  return next === -1 ? cards.length : next;
}

function moveFocus(cards, index) {
  const to = Math.min(Math.max(index, 0), cards.length - 1);
  cards.forEach((card, i) => { card.root.tabIndex = i === to ? 0 : -1; });
  cards[to].root.focus();
}

function gridKey(event, cards) {
  const here = cards.findIndex((card) => card.root.contains(event.composedPath()[0]));
  if (here === -1) return;
  const wide = columnsOf(cards);
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide,
    Home: -here, End: cards.length }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  if (here + step >= 0 || event.key === "ArrowLeft") moveFocus(cards, here + step);
}

function drawGrid(root, data, view, send) {
  const maps = mapsOf(data);
  const open = (id) => send("open", id);
  const cards = data.cards.map((card) => makeCard(card, open));
  const paint = (name) => cards.forEach(({ stage }, i) => {
    if (!stage) return;
    if (name === "alpha") stage.heat.style.opacity = String(Number(view.options.alpha) / 100);
    else {
      if (!["contour", "outline"].includes(name)) paintHeat(stage, maps[i], view, false);
      if (!["cmap", "fade", "floor"].includes(name)) paintLines(stage, maps[i], view);
    }
  });
  const grid = element("div", "grid");
  grid.setAttribute("role", "group");
  grid.setAttribute("aria-label", "Samples; arrow keys move, Enter opens");
  let chosen = data.cards[0]?.id ?? null;
  const reviews = makeReviews(() => chosen, send, true);
  reviews.update(data.reviews);
  grid.append(...cards.map((card) => cellOf(card, reviews)));
  grid.addEventListener("focusin", (event) => {
    const id = event.target.closest(".cell")?.querySelector(".card").dataset.id;
    if (!id || id === chosen) return;
    chosen = id;
    reviews.paint();
  });
  grid.addEventListener("keydown", (event) => gridKey(event, cards));
  const toolbar = makeToolbar(view, paint, "grid");
  const live = element("div", "live", data.count);
  live.setAttribute("aria-live", "polite");
  const caption = element("div", "caption", data.caption);
  if (cards.length) cards[0].root.tabIndex = 0;
  root.replaceChildren(toolbar.root, caption, reviews.root, grid, live);
  paint("all");
  reviews.paint();
  return { reviews, onKey: (event) => reviews.key(event) || overlayKey(event, toolbar) };
}
