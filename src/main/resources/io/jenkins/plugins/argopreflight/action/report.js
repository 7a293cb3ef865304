/* Filters tables by the text in the search field; without JavaScript everything is shown. */
Behaviour.specify(".ap-filter", "argo-preflight-filter", 0, (input) => {
  const table = document.getElementById(input.dataset.table);
  if (!table) {
    return;
  }
  input.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of table.tBodies[0].rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  });
});

/* A link to a finding opens it. */
Behaviour.specify("details.ap-finding", "argo-preflight-finding", 0, (finding) => {
  const open = () => {
    if (location.hash === "#" + finding.id) {
      for (let each = finding; each; each = each.parentElement.closest("details")) {
        each.open = true;
      }
    }
  };
  open();
  window.addEventListener("hashchange", open);
});

/* The first node that failed is in view. */
Behaviour.specify(".ap-graph-frame", "argo-preflight-graph", 0, (frame) => {
  const failed = [...frame.querySelectorAll(".ap-graph__first")].find((node) => node.getClientRects().length > 0);
  if (failed) {
    const box = failed.getBoundingClientRect();
    const view = frame.getBoundingClientRect();
    frame.scrollTop += box.top - view.top - (frame.clientHeight - box.height) / 2;
    frame.scrollLeft += box.left - view.left - (frame.clientWidth - box.width) / 2;
  }
});
