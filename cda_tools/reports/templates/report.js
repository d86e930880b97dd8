"use strict";
// Without this script the page shows everything; with it, the form chooses.
(() => {
  const form = document.getElementById("filter");
  const status = document.getElementById("shown");
  const printed = document.getElementById("printed");
  const folded = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const documents = Array.from(document.querySelectorAll(".document"), (element, place) => ({
    element,
    place,
    path: element.querySelector("h3").textContent,
    verdict: element.dataset.verdict,
    // What stands above the findings: a text found there shows them all.
    head: folded(Array.from(element.querySelectorAll("h3, .line"), (e) => e.textContent).join(" ")),
    findings: Array.from(element.querySelectorAll("tr[data-rule]"), (row) => ({
      row,
      severity: row.dataset.severity,
      layer: row.dataset.layer,
      rule: row.dataset.rule,
      text: folded(row.textContent),
    })),
  }));

  const apply = () => {
    const chosen = new FormData(form);
    const severities = new Set(chosen.getAll("severity"));
    const layer = chosen.get("layer");
    const rule = chosen.get("rule");
    const verdict = chosen.get("verdict");
    const text = folded(chosen.get("text").trim());
    const narrowed = layer || rule || severities.size < form.elements.severity.length;
    let shown = 0;
    let findings = 0;
    for (const one of documents) {
      const inHead = one.head.includes(text);
      let left = 0;
      for (const finding of one.findings) {
        const keeps =
          severities.has(finding.severity) &&
          (!layer || finding.layer === layer) &&
          (!rule || finding.rule === rule) &&
          (inHead || finding.text.includes(text));
        finding.row.hidden = !keeps;
        left += keeps;
      }
      const keeps =
        (!verdict || one.verdict === verdict) && (left > 0 || (!narrowed && inHead));
      one.element.hidden = !keeps;
      shown += keeps;
      findings += keeps ? left : 0;
    }
    status.textContent =
      `${shown} documents sur ${documents.length}, ${findings} constats`;
    const all = shown === documents.length && !narrowed && !text;
    printed.textContent = all ? "" : `Extrait filtré : ${status.textContent}.`;
    remember(chosen);
  };

  // The state stands in the address: a filtered report can be linked to, and read again.
  const remember = (chosen) => {
    const state = new URLSearchParams();
    for (const name of ["verdict", "layer", "rule", "text", "order"]) {
      if (chosen.get(name)) state.set(name, chosen.get(name));
    }
    if (chosen.getAll("severity").length < form.elements.severity.length) {
      state.set("severity", chosen.getAll("severity").join(","));
    }
    const query = state.toString();
    try {
      history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
    } catch { /* a page opened in a frame without an address of its own */ }
  };
  const recall = () => {
    const state = new URLSearchParams(location.search);
    for (const name of ["verdict", "layer", "rule", "text", "order"]) {
      if (state.has(name)) form.elements[name].value = state.get(name);
    }
    if (state.has("severity")) {
      const chosen = state.get("severity").split(",");
      for (const box of form.elements.severity) box.checked = chosen.includes(box.value);
    }
  };

  const orders = {
    "": (a, b) => a.place - b.place,
    path: (a, b) => a.path.localeCompare(b.path, "fr", { numeric: true }),
    findings: (a, b) => b.findings.length - a.findings.length || a.place - b.place,
  };
  const sort = () => {
    const last = document.getElementById("end-of-documents");
    for (const one of documents.toSorted(orders[form.elements.order.value])) {
      last.before(one.element);
    }
  };

  form.addEventListener("input", apply);
  form.elements.order.addEventListener("input", sort);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { sort(); apply(); }));
  // A link to a rule or a document shows it, whatever is filtered.
  addEventListener("hashchange", () => {
    const target = document.querySelector(location.hash || null);
    if (target && target.hidden) { form.reset(); setTimeout(() => target.scrollIntoView()); }
  });
  form.hidden = false;
  recall();
  sort();
  apply();
})();
