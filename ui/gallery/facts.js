// What is known about one sample, beside its pictures: classes, scores on their rulers, facts.

function section(title, ...nodes) {
  const root = element("section", "facts");
  root.append(element("h2", "", title), ...nodes);
  return root;
}

function classBars(classes) {
  if (!classes.length) return element("p", "caption", "Not predicted.");
  const list = element("div", "bars");
  for (const entry of classes) {
    const row = element("div", "row");
    const bar = element("div", "bar");
    const fill = element("i");
    fill.style.width = `${entry.share * 100}%`;
    bar.append(fill);
    const name = element("span", "name", entry.name);
    name.title = entry.name;
    row.append(name, bar, element("span", "number", entry.shown), element("span", "role", entry.role));
    row.title = entry.help;
    list.append(row);
  }
  return list;
}

function scoreRulers(scores) {
  const list = element("div", "scores");
  for (const score of scores) {
    const row = element("div", "row");
    const name = element("span", "name", score.title);
    name.title = score.help;
    row.append(name, ruler(score));
    list.append(row);
  }
  const [low, high] = ["◇ floor: the best this grid allows", "| chance: a uniform map"];
  list.append(element("p", "caption", `${low}   ${high}`));
  return list;
}

function factList(facts) {
  const list = element("dl", "pairs");
  for (const [name, value, meaning] of facts) {
    const term = element("dt", "", name);
    if (meaning) term.title = meaning;
    list.append(term, element("dd", "", value));
  }
  return list;
}

function factColumns(data) {
  const root = element("div", "columns");
  root.append(section("Scores", scoreRulers(data.scores)));
  if (data.bars_title) root.append(section(data.bars_title, classBars(data.bars)));
  root.append(section("Facts", factList(data.facts)));
  return root;
}
