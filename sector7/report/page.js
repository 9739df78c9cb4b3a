"use strict";
(() => {
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const plots = [...document.querySelectorAll("[data-figure]")];

  /* "@held" becomes what the present theme has under --held */
  const painted = (value, colours) => {
    if (typeof value === "string" && value.startsWith("@")) {
      return colours.getPropertyValue("--" + value.slice(1)).trim() || value;
    }
    if (Array.isArray(value)) {
      return value.every((each) => typeof each === "number") ? value.slice() : value.map((each) => painted(each, colours));
    }
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, painted(each, colours)]));
    }
    return value;
  };

  const layout = (own) => {
    const whole = {
      autosize: true, margin: { l: 60, r: 20, t: 36, b: 48 }, paper_bgcolor: "@paper", plot_bgcolor: "@paper",
      font: { family: "system-ui, 'Segoe UI', Roboto, Arial, sans-serif", size: 12, color: "@ink" },
      hoverlabel: { bgcolor: "@paper", bordercolor: "@rule", font: { color: "@ink" } }, ...own,
    };
    for (const [name, axis] of Object.entries(whole)) {
      if (/^[xy]axis/.test(name)) {
        whole[name] = { gridcolor: "@rule", linecolor: "@rule", tickcolor: "@rule", ...axis };
      }
    }
    return whole;
  };

  const config = { responsive: true, displayModeBar: false };
  const draw = () => {
    const colours = getComputedStyle(document.documentElement);
    return Promise.all(plots.map((plot) => {
      const figure = figures[plot.dataset.figure];
      return Plotly.react(plot, painted(figure.data, colours), painted(layout(figure.layout), colours), config);
    }));
  };

  draw().then(() => { document.documentElement.dataset.drawn = String(plots.length); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  matchMedia("print").addEventListener("change", draw);

  /* on paper there is nothing to unfold */
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details:not([open])").forEach((each) => { each.open = true; each.dataset.unfolded = ""; });
  });
  addEventListener("afterprint", () => {
    document.querySelectorAll("[data-unfolded]").forEach((each) => { each.open = false; delete each.dataset.unfolded; });
  });
})();
