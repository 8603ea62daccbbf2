const TITLES = ["attempts/s", "goodput: successes/s", "waiting calls", "queue at the provider"];
const FIRST = ["aicore", "none", "full-jitter", "aws-standard", "resilience4j"];
const names = [...new Set(DATA.flatMap(scenario => scenario.policies.map(policy => policy.name)))];
const COLOURS = { aicore: "#2f81f7", none: "#8b949e", "full-jitter": "#e36209", "aws-standard": "#c69026", resilience4j: "#bf4bbf" };
const colour = name => COLOURS[name] ?? `hsl(${(names.indexOf(name) * 137 + 20) % 360} 60% 50%)`;
const shown = new Set(names.filter(name => FIRST.includes(name)).length > 1 ? names.filter(name => FIRST.includes(name)) : names);
const charts = [];
const style = name => getComputedStyle(document.documentElement).getPropertyValue(name);

function draw(box, scenario, index) {
  const seconds = scenario.policies[0].curves[index].map((_, second) => second);
  const axis = { stroke: style("--soft"), grid: { stroke: style("--line"), width: .5 }, ticks: { stroke: style("--line"), width: .5 } };
  const plot = new uPlot({
    title: TITLES[index], width: box.clientWidth, height: 210, legend: { show: false },
    scales: { x: { time: false } },
    axes: [axis, { ...axis, size: 60 }],
    cursor: { sync: { key: "time" } },
    series: [{ label: "s" }, ...scenario.policies.map(policy => ({
      label: policy.name, stroke: colour(policy.name), width: policy.name === "aicore" ? 2 : 1, show: shown.has(policy.name), points: { show: false },
    }))],
    hooks: { drawClear: [u => {
      if (!scenario.fault) return;
      const [from, to] = scenario.fault.map(second => Math.min(u.bbox.left + u.bbox.width, Math.max(u.bbox.left, u.valToPos(second, "x", true))));
      u.ctx.fillStyle = style("--fault");
      u.ctx.fillRect(from, u.bbox.top, to - from, u.bbox.height);
    }] },
  }, [seconds, ...scenario.policies.map(policy => policy.curves[index])], box);
  charts.push({ plot, box, policies: scenario.policies });
}

for (const holder of document.querySelectorAll(".charts")) {
  const scenario = DATA[holder.dataset.scenario];
  TITLES.forEach((_, index) => draw(holder.appendChild(document.createElement("div")), scenario, index));
}
for (const name of names) {
  const button = document.createElement("button");
  button.innerHTML = "<i></i>";
  button.firstChild.style.background = colour(name);
  button.append(name);
  button.setAttribute("aria-pressed", shown.has(name));
  button.onclick = () => {
    shown.has(name) ? shown.delete(name) : shown.add(name);
    button.setAttribute("aria-pressed", shown.has(name));
    for (const { plot, policies } of charts) {
      const at = policies.findIndex(policy => policy.name === name);
      if (at >= 0) plot.setSeries(at + 1, { show: shown.has(name) });
    }
  };
  document.getElementById("policies").append(button);
}
addEventListener("resize", () => charts.forEach(({ plot, box }) => plot.setSize({ width: box.clientWidth, height: 210 })));
