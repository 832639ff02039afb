// The samples of a report: one large, all small, answers by button or key. Names become text, never markup.

const data = JSON.parse(document.getElementById("data").textContent);
const part = (id) => document.getElementById(id);
const store = openStore(data.run, data.audience);
const maps = data.cards.map((card) => Float32Array.from(bytesOf(card.heat)));
const view = {
  options: {
    overlay: data.blind ? "off" : "on", alpha: "70", scale: "image", grain: "smooth", floor: "0",
    fade: "on", outline: "off", contour: "off",
  },
  table: bytesOf(data.table),
  shared: 255,
};
const small = [];
let at = 0;
let stage = null;

function paint() {
  paintHeat(stage, maps[at], view, false);
  paintLines(stage, maps[at], view);
  part("heat").checked = view.options.overlay === "on";
  part("outline").checked = view.options.outline === "on";
  part("alpha").value = view.options.alpha;
}

function show(place) {
  at = Math.min(Math.max(place, 0), data.cards.length - 1);
  const card = data.cards[at];
  if (data.blind) view.options.overlay = "off"; // asked for anew at each picture
  stage = makeStage(card, ["picture", "heat", "lines"], 512);
  part("frame").replaceChildren(stage.root);
  part("where").textContent = `${at + 1} of ${data.cards.length}`;
  part("name").textContent = card.name;
  part("said").textContent = card.ruler
    ? `${card.said}; focus ruler ${card.ruler} (0 tight, 1 uniform, 2 all background)` : card.said;
  part("more").replaceChildren(
    ...card.more.flatMap(([name, value]) => [element("dt", "", name), element("dd", "", value)]),
  );
  part("heat").disabled = part("alpha").disabled = !card.map;
  part("outline").disabled = card.outline.length === 0;
  part("comment").value = store.of(card).comment;
  part("previous").disabled = at === 0;
  part("next").disabled = at === data.cards.length - 1;
  small.forEach((one, i) => one.button.setAttribute("aria-current", String(i === at)));
  paint();
  tell();
}

function tell() {
  const given = store.of(data.cards[at]);
  for (const button of part("verdicts").children) {
    if (button.dataset.verdict) button.setAttribute("aria-pressed", String(button.dataset.verdict === given.verdict));
  }
  small.forEach((one, i) => {
    const said = store.of(data.cards[i]);
    one.given.textContent = [said.verdict, said.comment && "with a comment"].filter(Boolean).join(", ");
  });
  const file = answersOf(data, store);
  const alone = data.cards.filter((card) => store.of(card).comment && !store.of(card).verdict).length;
  part("done").textContent = `${file.acts.length} of ${data.cards.length} answered`
    + (alone ? `; ${alone} with a comment but no answer, which is not saved` : "");
  part("kept").textContent = store.works()
    ? "Kept in this browser as you go; closing the file loses nothing. Nothing is sent anywhere."
    : "This browser keeps nothing of a file opened from disk: save before you close it.";
  part("text").value = JSON.stringify(file, null, 1);
}

function answer(verdict) {
  store.put(data.cards[at], { verdict });
  tell();
}

function option(name, value) {
  view.options[name] = value;
  paint();
}

const toggle = (name) => option(name, view.options[name] === "on" ? "off" : "on");
const fainter = (by) => option("alpha", String(Math.min(100, Math.max(0, Number(view.options.alpha) + by))));
const whole = () => `${JSON.stringify(answersOf(data, store), null, 1)}\n`;

async function copy() {
  try {
    await navigator.clipboard.writeText(whole());
    part("done").textContent = "Copied. Paste it into an e-mail.";
  } catch {
    part("plain").open = true;
    part("text").select();
    part("done").textContent = "Your browser does not allow copying: the text below is selected.";
  }
}

function save() {
  if (!store.reviewer().trim()) {
    part("reviewer").focus();
    part("done").textContent = "Your name, please: answers belong to somebody.";
    return;
  }
  download("answers.json", whole());
}

function thumb(card, i) {
  const item = element("li");
  const button = element("button");
  const box = element("span", "box");
  const one = makeStage(card, data.blind ? ["picture"] : ["picture", "heat"], 120);
  const given = element("span", "given");
  const caption = element("span", "caption", data.blind ? card.name : `${card.name}: ${card.said}`);
  button.type = "button";
  if (one.heat) paintHeat(one, maps[i], view, false);
  box.append(one.root);
  caption.prepend(given);
  button.append(box, caption);
  button.addEventListener("click", () => { show(i); part("frame").scrollIntoView({ block: "nearest" }); });
  item.append(button);
  part("thumbs").append(item);
  small.push({ button, given });
}

function choices() {
  [...data.verdicts, ""].forEach((verdict, i) => {
    const button = element("button", "", "");
    button.type = "button";
    button.append(element("kbd", "", String(i + 1)), element("span", "", verdict || "clear"));
    if (verdict) button.dataset.verdict = verdict;
    button.addEventListener("click", () => answer(verdict));
    part("verdicts").append(button);
  });
}

const KEYS = {
  ArrowLeft: () => show(at - 1), ArrowRight: () => show(at + 1), h: () => data.cards[at].map && toggle("overlay"),
  o: () => toggle("outline"), "+": () => fainter(10), "-": () => fainter(-10), m: () => part("comment").focus(),
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const field = event.target;
  if (field.tagName === "TEXTAREA" || (field.tagName === "INPUT" && field.type !== "checkbox")) {
    if (event.key === "Escape") field.blur();
    return;
  }
  const number = Number(event.key);
  const act = number >= 1 && number <= data.verdicts.length + 1
    ? () => answer([...data.verdicts, ""][number - 1]) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

choices();
data.cards.forEach(thumb);
part("reviewer").value = store.reviewer();
part("reviewer").addEventListener("input", (event) => { store.name(event.target.value); tell(); });
part("comment").addEventListener("input", (event) => { store.put(data.cards[at], { comment: event.target.value }); tell(); });
part("previous").addEventListener("click", () => show(at - 1));
part("next").addEventListener("click", () => show(at + 1));
part("heat").addEventListener("change", () => toggle("overlay"));
part("outline").addEventListener("change", () => toggle("outline"));
part("alpha").addEventListener("input", (event) => option("alpha", event.target.value));
part("save").addEventListener("click", save);
part("copy").addEventListener("click", copy);
document.addEventListener("keydown", pressed);
show(0);
