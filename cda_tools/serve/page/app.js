"use strict";
/* The page of the service: files stay in the browser until they are posted to this machine. */

const AT_ONCE = 2;
const TRIES = 5; // of a request that the service is too busy for
const SEVERITIES = { error: ["erreur", "bad"], warning: ["avertissement", "warn"], information: ["information", "mute"] };
const REPORTS = {
  html: ["page HTML", "text/html", "html"], json: ["JSON", "application/json", "json"],
  jsonl: ["JSON, une ligne par document", "application/x-ndjson", "jsonl"],
  text: ["texte", "text/plain", "txt"], junit: ["JUnit", "application/xml", "xml"],
  sarif: ["SARIF", "application/json", "sarif"], gitlab: ["GitLab", "application/json", "json"],
  github: ["annotations GitHub", "text/plain", "txt"],
  tar: ["GITB (TAR)", "application/xml", "xml"], "tar-json": ["GITB (TAR), JSON", "application/json", "json"],
  svrl: ["SVRL", "application/xml", "xml"],
  operationoutcome: ["FHIR OperationOutcome", "application/json", "json"],
  gazelle: ["Gazelle", "application/json", "json"],
  "gazelle-v1": ["Gazelle (v1)", "application/json", "json"],
};
const files = [];
let opener = null; // what gets the focus back from the shown document
let round = 0; // of validation: answers of an older one are left
const byId = (id) => document.getElementById(id);

function element(name, text, className) {
  const found = document.createElement(name);
  if (text !== undefined) found.textContent = text;
  if (className) found.className = className;
  return found;
}

function say(text) { byId("status").textContent = text; }

function plural(number, word) { return `${number} ${word}${number > 1 ? "s" : ""}`; }

async function asked(path, body, query) {
  try {
    return await fetch(`${path}?${new URLSearchParams(query)}`, { method: "POST", body });
  } catch { throw new Error("fichier illisible (un dossier ?), ou service arrêté"); }
}

async function post(path, body, query) {
  let answer = await asked(path, body, query);
  for (let tries = 1; answer.status === 503 && answer.headers.has("Retry-After") && tries < TRIES; tries += 1) {
    const seconds = Number(answer.headers.get("Retry-After")) || 1;
    await new Promise((done) => { setTimeout(done, 1000 * seconds); });
    answer = await asked(path, body, query);
  }
  if (!answer.ok) {
    let reason = `erreur ${answer.status}`;
    const text = await answer.text();
    try { reason = JSON.parse(text).error || reason; } catch { reason = text || reason; }
    throw new Error(reason);
  }
  return answer;
}

function form(chosen) {
  const found = new FormData();
  for (const one of chosen) found.append("document", one.file, one.file.name);
  return found;
}

/* Each file has a mark in the list, before which its documents are put: what is shown already
   stays as it is, opened or focused. */
function take(list) {
  const added = Array.from(list, (file) => ({ file, documents: [], error: null, mark: document.createComment("") }));
  if (!added.length) return;
  files.push(...added);
  byId("documents").append(...added.map((one) => one.mark));
  byId("results").hidden = false;
  validate(added);
}

/* Results of two profiles must not stand side by side: all are asked for again. */
function again() {
  round += 1;
  byId("documents").replaceChildren(...files.map((one) => one.mark));
  for (const one of files) Object.assign(one, { documents: [], error: null });
  if (files.length) validate(files);
}

async function validate(chosen) {
  const mine = round;
  let done = 0;
  const waiting = chosen.slice();
  say(`0 / ${plural(chosen.length, "fichier")}`);
  const work = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      let documents = [], error = null;
      try {
        const answer = await post("inspect", one.file, query({ name: one.file.name }));
        documents = await answer.json();
      } catch (problem) { error = problem.message; }
      if (mine !== round) return;
      Object.assign(one, { documents, error });
      done += 1;
      say(`${done} / ${plural(chosen.length, "fichier")}`);
      show(one);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (mine === round) say(`Terminé : ${byId("summary").textContent}`);
}

function query(values) {
  const profile = byId("profile").value;
  return profile ? { ...values, profile } : values;
}

function show(one) {
  if (one.error !== null) {
    const item = element("li");
    item.append(element("h3", one.file.name), element("p", one.error, "bad"));
    one.mark.before(item);
  }
  one.mark.before(...one.documents.map((found, number) => documentItem(one, found, number)));
  summarize();
}

function summarize() {
  const counts = { true: 0, false: 0, null: 0 };
  for (const one of files) {
    if (one.error !== null) counts.null += 1;
    for (const found of one.documents) counts[String(found.validation.valid)] += 1;
  }
  byId("summary").textContent =
    `${plural(counts.true, "conforme")}, ${counts.false} non ${counts.false > 1 ? "conformes" : "conforme"}` +
    (counts.null ? `, ${plural(counts.null, "non vérifié")}` : "");
}

function documentItem(one, found, number) {
  const item = element("li");
  item.append(element("h3", found.line || found.path));
  const words = { true: ["conforme", "good"], false: ["non conforme", "bad"], null: ["non vérifié", "warn"] };
  const [word, className] = words[String(found.validation.valid)];
  const verdict = element("p", "", "line");
  verdict.append(element("span", word, `verdict ${className}`), " · ", element("span", found.path, "path"));
  item.append(verdict, layerList(found.validation.layers));
  const issues = found.validation.layers.flatMap((layer) => layer.issues);
  if (issues.length) item.append(findingList(issues));
  if (found.body === null) return item;
  const button = element("button", "Voir le document");
  button.type = "button";
  button.addEventListener("click", () => render(one, number, found.line || found.path));
  item.append(button);
  return item;
}

function layerList(layers) {
  const list = element("ul", undefined, "layers");
  list.setAttribute("aria-label", "Couches");
  for (const layer of layers) {
    const classes = { conforme: "good", "non conforme": "bad" };
    const item = element("li", `${layer.name} : `);
    item.append(element("span", layer.state, classes[layer.state] || "mute"));
    list.append(item);
  }
  return list;
}

function findingList(issues, title) {
  const details = element("details");
  details.open = issues.length <= 5;
  details.append(element("summary", title || plural(issues.length, "constat")));
  const list = element("ul", undefined, "findings");
  for (const issue of issues) {
    const [word, className] = SEVERITIES[issue.severity];
    const item = element("li");
    const link = element("a", issue.rule);
    link.href = `rules/${encodeURIComponent(issue.rule)}`;
    link.target = "_blank";
    link.rel = "noreferrer";
    const place = [issue.line ? `ligne ${issue.line}` : "", issue.location || ""].filter(Boolean).join(" ");
    item.append(element("span", word, className), " ", link, " ", element("span", place, "path"), element("br"), issue.message);
    list.append(item);
  }
  details.append(list);
  return details;
}

/* What the service validates with, and what is wrong in its kit. */
async function settings() {
  const { version, profile, edition, kit, kit_defects: every } = await (await fetch("version")).json();
  byId("settings").textContent =
    `cda-tools ${version}, profil ${profile}, édition ${edition}` + (kit ? `, kit ${kit}` : "");
  const defects = every.filter((one) => one.severity !== "information");
  if (defects.length) byId("kit").append(findingList(defects, `${plural(defects.length, "défaut")} du kit`));
}

function open(title) {
  opener = document.activeElement;
  byId("shown").hidden = false;
  byId("shown-text").hidden = true;
  byId("frame").hidden = true;
  byId("shown-title").textContent = title;
  byId("shown-title").focus();
}

function close() {
  byId("shown").hidden = true;
  if (opener && opener.isConnected) opener.focus();
}

function scrollToShown() { byId("shown").scrollIntoView(); }

function render(one, number, title) {
  open(title);
  const frame = byId("frame");
  frame.hidden = false;
  frame.title = title;
  const chosen = new DataTransfer();
  chosen.items.add(one.file);
  byId("render-file").files = chosen.files;
  byId("render").action = `render?document=${number}`;
  byId("render").submit();
  scrollToShown();
}

async function chain() {
  try {
    const answer = await post("chain", form(files), { format: "text" });
    open("Chaînes de versions");
    byId("shown-text").textContent = await answer.text();
    byId("shown-text").hidden = false;
    scrollToShown();
  } catch (error) { say(error.message); }
}

async function download() {
  const name = byId("format").value;
  const [, kind, suffix] = REPORTS[name];
  say("Rapport en préparation…");
  try {
    const answer = await post("validate", form(files), query({ format: name }));
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([await answer.blob()], { type: kind }));
    link.download = `validation-${name}.${suffix}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    say("Rapport téléchargé.");
  } catch (error) { say(error.message); }
}

function clear() {
  round += 1;
  files.length = 0;
  byId("files").value = "";
  byId("documents").replaceChildren();
  byId("results").hidden = true;
  byId("shown").hidden = true;
  summarize();
  say("");
  byId("files").focus();
}

for (const [name, [label]] of Object.entries(REPORTS)) {
  const option = element("option", label);
  option.value = name;
  byId("format").append(option);
}
byId("files").addEventListener("change", (event) => take(event.target.files));
byId("download").addEventListener("click", download);
byId("chain").addEventListener("click", chain);
byId("clear").addEventListener("click", clear);
byId("close").addEventListener("click", close);
byId("profile").addEventListener("change", again);
const drop = byId("drop");
for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
for (const kind of ["dragleave", "drop"]) {
  drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.remove("over"); });
}
drop.addEventListener("drop", (event) => take(event.dataTransfer.files));
settings().catch((error) => say(error.message));
