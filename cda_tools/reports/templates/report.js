"use strict";
// Without this script the page shows everything; with it, the form chooses.
(() => {
  const form = document.getElementById("filter");
  const status = document.getElementById("shown");
  const folded = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const documents = Array.from(document.querySelectorAll(".document"), (element) => ({
    element,
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
  };

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  // A link to a rule or a document shows it, whatever is filtered.
  addEventListener("hashchange", () => {
    const target = document.querySelector(location.hash || null);
    if (target && target.hidden) { form.reset(); setTimeout(() => target.scrollIntoView()); }
  });
  form.hidden = false;
  apply();
})();
