// Verdicts on samples: keys 1 to 4, 5, m, u and their buttons. Painted at once, then sent (queue.js).

const NOTHING_SAID = { verdict: "", comment: "", id: "" };

// What holds of one's own acts: those the server has, then those on their way; taken-back ones are gone.
function standingOf(id, reviews, waiting) {
  const stack = [...(reviews.of[id]?.mine ?? [])];
  for (const act of waiting.filter((one) => one.sample === id)) {
    const known = stack.findIndex((one) => one.id === (act.undoes || act.id));
    if (act.undoes && known >= 0) stack.splice(known, 1);
    else if (!act.undoes && known === -1) stack.push(act);
  }
  return stack;
}

function othersSay({ reviewer, verdict, comment }) {
  const said = [verdict, comment && `“${comment}”`].filter(Boolean).join(", ");
  return `${reviewer}: ${said}`;
}

function reviewButton(key, text, title, act) {
  const button = element("button", "quiet judge");
  button.type = "button";
  button.title = title;
  button.append(element("kbd", "", key), element("span", "", text));
  button.addEventListener("click", act);
  return button;
}

function commentField(keep) {
  const input = element("input", "comment");
  Object.assign(input, { type: "text", maxLength: 4000, hidden: true, placeholder: "Comment; Enter keeps it" });
  input.setAttribute("aria-label", "Comment");
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") keep(input.value.trim());
    if (event.key === "Enter" || event.key === "Escape") input.hidden = true;
  });
  return input;
}

// chosen: () => id of the sample that keys are about, or null. many: one bar for several samples.
function makeReviews(chosen, send, many) {
  let reviews = null;
  const lines = new Map(); // sample id -> what paints its line
  const root = element("div", "reviews");
  const queue = makeQueue(send, () => paint());
  const now = (id, waiting = queue.waiting()) => standingOf(id, reviews, waiting).at(-1) ?? NOTHING_SAID;
  const act = (id, said) => {
    if (!id || !reviews.may) return;
    queue.add({ id: newId(), sample: id, verdict: "", comment: "", undoes: "", ...said });
    paint();
  };
  const judge = (id, verdict) => act(id, { verdict, comment: now(id).comment });
  const undo = (id) => { if (id && now(id).id) act(id, { undoes: now(id).id }); };
  const comment = commentField((text) => act(chosen(), { verdict: now(chosen()).verdict, comment: text }));
  const write = () => {
    if (!chosen() || !reviews.may) return;
    comment.hidden = false;
    comment.value = now(chosen()).comment;
    comment.focus();
  };
  const buttons = element("div", "judging");
  buttons.setAttribute("role", "toolbar");
  buttons.setAttribute("aria-label", "Your verdict");
  const state = element("div", "said");
  state.setAttribute("aria-live", "polite");
  const problem = element("div", "problem");
  problem.setAttribute("role", "status");
  root.append(buttons, comment, state, problem);

  function drawButtons() {
    const words = reviews.words.map((word, i) =>
      reviewButton(String(i + 1), word, `Verdict “${word}” (key ${i + 1})`, () => judge(chosen(), word)));
    buttons.replaceChildren(...words,
      reviewButton("5", "clear", "Take the verdict away, keep the comment (key 5)", () => judge(chosen(), "")),
      reviewButton("m", "comment", "Write a comment (key m)", write),
      reviewButton("u", "undo", "Take back what you said last of this picture (key u)", () => undo(chosen())));
  }

  function linesOf(id, { verdict, comment: text }) {
    const { others = [], hidden = 0, changed = false } = reviews.of[id] ?? {};
    const own = verdict || text ? [othersSay({ reviewer: "You", verdict, comment: text })] : [];
    return [...own, ...others.map(othersSay),
      ...(hidden ? [`${hidden} more, shown once you have given yours`] : []),
      ...(changed ? ["judged when this was another picture"] : [])];
  }

  function paint() {
    const id = chosen();
    const waiting = queue.waiting();
    const own = id ? now(id, waiting) : NOTHING_SAID;
    [...buttons.children].forEach((button, i) => {
      if (i < reviews.words.length) button.setAttribute("aria-pressed", String(reviews.words[i] === own.verdict));
      button.disabled = !id || (i === buttons.children.length - 1 && !own.id);
    });
    const about = many && id ? [element("b", "", `${id}.`)] : [];
    const said = id ? linesOf(id, own) : [];
    const none = id ? "No verdict yet." : "Choose a picture with the arrow keys.";
    state.replaceChildren(...about, ...(said.length ? said : [none]).map((text) => element("span", "", text)));
    for (const [name, line] of lines) {
      const theirs = now(name, waiting);
      line(linesOf(name, theirs), theirs.verdict);
    }
    const count = waiting.length;
    const why = reviews.reviewer ? reviews.problem : "Say your name first.";
    problem.textContent = count && why ? `${count} kept in this browser until it can be saved. ${why}`
      : reviews.problem;
  }

  // The row under a card: one button for each word, and what is said of it.
  function lineUnder(id) {
    const line = element("div", "under");
    const quick = element("div", "quick");
    const said = element("div", "said");
    const marks = reviews.words.map((word, i) => {
      const button = element("button", "quiet", String(i + 1));
      Object.assign(button, { type: "button", tabIndex: -1, title: `Verdict “${word}”` });
      button.setAttribute("aria-label", `${word}, ${id}`);
      button.addEventListener("click", () => judge(id, word));
      return button;
    });
    quick.append(...marks);
    quick.hidden = !reviews.may;
    line.append(quick, said);
    let painted = "";
    lines.set(id, (texts, verdict) => {
      const wanted = JSON.stringify([texts, verdict, reviews.words]);
      if (wanted === painted) return;
      painted = wanted;
      said.replaceChildren(...texts.map((text) => element("span", "", text)));
      marks.forEach((mark, i) => mark.setAttribute("aria-pressed", String(reviews.words[i] === verdict)));
    });
    return line;
  }

  function key(event) {
    const place = Number(event.key);
    if (place >= 1 && place <= 4) judge(chosen(), reviews.words[place - 1]);
    else if (event.key === "5") judge(chosen(), "");
    else if (event.key === "m") write();
    else if (event.key === "u") undo(chosen());
    else return false;
    return true;
  }

  function update(found) {
    const named = Boolean(found.reviewer) && !reviews?.reviewer;
    const before = reviews?.words.join("\n");
    reviews = found;
    queue.answered(found, named);
    rememberedName(found, send);
    buttons.hidden = !found.may;
    if (before !== found.words.join("\n")) drawButtons();
    paint();
  }
  return { root, update, paint, key, lineUnder, stop: queue.stop };
}
