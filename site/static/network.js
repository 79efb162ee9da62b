// Draws the stored positions with vis-network; colours are those of the style sheet, in light and dark.
(function () {
  "use strict";
  const place = document.getElementById("network");
  const said = document.getElementById("network-said");
  const tools = document.getElementById("network-tools");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function look(group) {
    const fill = colour("--node-" + group);
    return {
      shape: group === "movement" ? "diamond" : "dot",
      color: { background: fill, border: fill, highlight: { background: fill, border: colour("--ink") } },
    };
  }

  function options() {
    return {
      autoResize: true,
      physics: false,
      layout: { improvedLayout: false },
      interaction: { dragNodes: false, hover: false, multiselect: false, keyboard: { enabled: true, bindToWindow: false } },
      nodes: {
        scaling: { min: 7, max: 26, label: { enabled: true, min: 13, max: 19, drawThreshold: 8 } },
        font: { face: "sans-serif", color: colour("--ink"), strokeWidth: 4, strokeColor: colour("--paper") },
      },
      edges: {
        color: { color: colour("--edge"), highlight: colour("--accent") },
        arrows: { to: { enabled: true, scaleFactor: 0.45 } },
        smooth: false,
      },
    };
  }

  function tell(node, edges) {
    if (!node) {
      said.textContent = said.dataset.idle;
      return;
    }
    const name = document.createElement(node.path ? "a" : "strong");
    name.textContent = node.name;
    if (node.path) name.href = said.dataset.root + node.path;
    said.replaceChildren(name, " · " + said.dataset.edges.replace("{count}", String(edges)));
  }

  window.viendanNetwork = function (data) {
    const day = () => (window.viendanAsOf ? window.viendanAsOf.day() : "");
    const late = (thing) => Boolean(day()) && Boolean(thing.first) && thing.first > day();
    const draw = () => data.nodes.map((node) => ({ ...node, ...look(node.group), group: undefined, hidden: late(node) }));
    const tie = () => data.edges.map((edge, id) => ({ ...edge, id, dashes: edge.relation === "context", hidden: late(edge) }));
    const nodes = new vis.DataSet(draw());
    const edges = new vis.DataSet(tie());
    const network = new vis.Network(place, { nodes, edges }, options());
    const byId = new Map(data.nodes.map((node) => [node.id, node]));
    network.on("selectNode", (event) => tell(byId.get(event.nodes[0]), network.getConnectedEdges(event.nodes[0]).length));
    network.on("deselectNode", () => tell(null));
    network.on("doubleClick", (event) => {
      const node = byId.get(event.nodes[0]);
      if (node && node.path) location.href = said.dataset.root + node.path;
    });
    dark.addEventListener("change", () => {
      network.setOptions(options());
      nodes.update(draw());
    });
    if (window.viendanAsOf) {
      window.viendanAsOf.onChange(() => {
        nodes.update(draw());
        edges.update(tie());
      });
    }
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const what = event.target.dataset.do;
      if (what === "fit") network.fit();
      if (what === "in" || what === "out") network.moveTo({ scale: network.getScale() * (what === "in" ? 1.4 : 0.7) });
    });
    tell(null);
  };
})();
