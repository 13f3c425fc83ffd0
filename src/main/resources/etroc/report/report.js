// Draws the figures one after the other, from the top, in the colours of the page, and again when these change.
(function () {
  var dark = window.matchMedia('(prefers-color-scheme:dark)');
  var all = Array.prototype.slice.call(document.querySelectorAll('script[data-for]'));
  function look(layout) {
    var css = getComputedStyle(document.documentElement);
    var text = css.getPropertyValue('--text').trim(), line = css.getPropertyValue('--line').trim();
    layout.paper_bgcolor = 'rgba(0,0,0,0)';
    layout.plot_bgcolor = 'rgba(0,0,0,0)';
    layout.font = {color: text, size: 12};
    layout.margin = {l: 60, r: 15, t: 30, b: 45};
    layout.legend = {orientation: 'h', y: -0.3};
    layout.modebar = {bgcolor: 'rgba(0,0,0,0)', color: line, activecolor: text};
    layout.hovermode = 'closest';
    ['xaxis', 'yaxis'].forEach(function (axis) {
      layout[axis].gridcolor = line;
      layout[axis].zerolinecolor = line;
      layout[axis].automargin = true;
    });
    return layout;
  }
  function draw(i) {
    if (i >= all.length) {
      document.body.setAttribute('data-drawn', all.length);
      return;
    }
    var figure = JSON.parse(all[i].textContent);
    var id = all[i].getAttribute('data-for');
    var options = {responsive: true, displaylogo: false, toImageButtonOptions: {filename: id, scale: 3}, modeBarButtonsToAdd: [{
      name: 'Download as SVG',
      icon: Plotly.Icons.disk,
      click: function (figure) { Plotly.downloadImage(figure, {format: 'svg', filename: id, width: 800, height: 560}); }
    }]};
    Plotly.react(id, figure.data, look(figure.layout), options);
    setTimeout(function () { draw(i + 1); }, 0);
  }
  draw(0);
  if (dark.addEventListener) {
    dark.addEventListener('change', function () { draw(0); });
  }
})();
