// Fits a figure to the width it has: text stays as large as the text around it, long labels wrap,
// and a dark screen gets the dark twin of each colour. Figures are written once, in the light palette.

const TWINS = {
  '#12436d': '#9cc3f0',
  '#7fa7d6': '#3f6a99',
  '#b5cce6': '#2d5178',
  '#4a78aa': '#6d98c6',
  '#d8d8d8': '#4a5763',
  '#f1a340': '#9a4d0c',
  '#b35806': '#f1a340',
  '#0b1f33': '#e8eef4',
  '#3c4d5d': '#b4c2d0',
  '#5a6b7b': '#b4c2d0',
  '#c6d0da': '#3a5068',
  '#d5dde5': '#2c4056',
  '#e3ecf5': '#1d3a57',
  '#f4f7fa': '#13273b',
  '#ffffff': '#0b1826',
  '#fff': '#0b1826'
}
const AXIS = /^[xy]axis\d*$/
const BRAND_WASH = /^rgba\(\s*18,\s*67,\s*109,/i

export function adapt(figure, { width, height, family, dark }) {
  const copy = walk(figure, untag)
  const narrow = width < 480
  const size = narrow ? 14 : 15
  const layout = { ...copy.layout }
  layout.width = width
  layout.height = copy.layout?.height || height || 300
  layout.autosize = false
  layout.paper_bgcolor = 'rgba(0,0,0,0)'
  layout.plot_bgcolor = 'rgba(0,0,0,0)'
  layout.font = { color: '#0b1f33', ...layout.font, family, size }
  layout.hoverlabel = { ...layout.hoverlabel, font: { family, size } }
  layout.margin = margins(layout.margin, size)
  layout.dragmode = false
  layout.hovermode ??= 'closest'
  layout.showlegend ??= false
  for (const name of Object.keys(layout)) {
    if (AXIS.test(name)) layout[name] = axis(layout[name], name[0], { width, narrow })
  }
  layout.height = Math.max(layout.height, tallEnough(layout, size))
  layout.annotations = [...(layout.annotations || []), ...ends(layout)].map((note) => atLeast(note, size))
  const fitted = { data: copy.data.map((trace) => legible(atLeast(trace, size), layout, size)), layout }
  return dark ? recolour(fitted) : fitted
}

// A label that touches the edge is hidden by Plotly, so half a label of room is kept all round.
function margins(given, size) {
  const least = { l: 8, r: 18, t: 12, b: size + 14 }
  const made = { pad: 4, ...least, ...given }
  for (const side of Object.keys(least)) made[side] = Math.max(made[side], least[side])
  return made
}

// An x axis that names only its two ends ("Summer 2024", "Autumn 2026") sets them inside the box, the
// first to the right of its tick and the last to the left, where they always fit.
function ends(layout) {
  return Object.keys(layout).filter((name) => /^xaxis\d*$/.test(name)).flatMap((name) => {
    const made = layout[name]
    if (made.ticktext?.length !== 2 || made.tickvals?.length !== 2) return []
    made.showticklabels = false
    return made.ticktext.map((text, i) => ({
      text, x: i, xref: 'paper', xanchor: i ? 'right' : 'left', y: 0, yref: 'paper', yanchor: 'top',
      yshift: -4, showarrow: false, font: { ...made.tickfont }
    }))
  })
}

function axis(given, letter, { width, narrow }) {
  const made = {
    fixedrange: true, automargin: true, zeroline: false, gridcolor: '#d5dde5', ticklabeloverflow: 'allow', ...given
  }
  if (letter === 'x' && narrow && !made.tickvals && !made.dtick && made.type !== 'category') made.nticks = 5
  const labels = made.ticktext || (made.type === 'category' ? made.categoryarray : null)
  if (letter === 'y') made.range = roomy(made)
  if (letter !== 'y' || !labels) return made
  // A label column never takes more than two fifths of the width; about 0.55 em a letter.
  const letters = Math.max(8, Math.floor((width * 0.4) / (narrow ? 7.7 : 8.3)))
  made.tickvals ??= labels
  made.ticktext = labels.map((text) => wrap(String(text), letters))
  return made
}

// Rows whose labels wrap need the room of the longest label, so that no two ever touch.
function tallEnough({ yaxis, height }, size) {
  const labels = yaxis?.ticktext
  if (!labels?.length) return 0
  const lines = Math.max(...labels.map((text) => text.split('<br>').length))
  return lines > 1 ? labels.length * (lines * size * 1.32 + 14) + 52 : height
}

// Plotly leaves out a grid line that lies on the edge of the box: one part in fifty shows it.
function roomy({ range, tickvals }) {
  if (!range || !tickvals?.includes(range[0]) || !tickvals.includes(range[1])) return range
  const bit = (range[1] - range[0]) / 50
  return [range[0] - bit, range[1] + bit]
}

export function wrap(text, letters) {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1]
    const longer = line ? `${line} ${word}` : word
    if (line && longer.length > letters) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines.join('<br>')
}

// No text below the size of the page's small print, whatever the figure asked for; and no see-through
// points, which Plotly makes of any markers that differ in size.
function atLeast(item, size) {
  if (item.marker) item.marker = { opacity: 1, ...item.marker }
  for (const key of ['font', 'textfont']) {
    if (item[key]) item[key] = { ...item[key], size: Math.max(size, item[key].size || 0) }
  }
  return item
}

// Numbers inside stacked bars that would run into each other go: the table has them all. A number beside
// its bar may stand in the margin.
function legible(trace, layout, size) {
  if (trace.type !== 'bar' || layout.barmode !== 'relative' || !Array.isArray(trace.text)) return trace
  if (trace.xaxis && trace.xaxis !== 'x') return { ...trace, cliponaxis: false }
  const { range, domain = [0, 1] } = layout.xaxis
  const pixels = (layout.width * 0.6 - layout.margin.r) * (domain[1] - domain[0]) / (range[1] - range[0])
  const fits = (text, i) => Math.abs(trace.x[i]) * pixels >= text.length * size * 0.58 + 4
  return { ...trace, text: trace.text.map((text, i) => (fits(String(text), i) ? text : '')) }
}

function walk(value, change) {
  if (Array.isArray(value)) return value.map((inner) => walk(inner, change))
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, change)]))
  }
  return typeof value === 'string' ? change(value) : value
}

// Plotly turns <b>, <i> and <span> into style attributes, which the content policy forbids: a figure
// asks for bold with font.weight. Only line breaks and the hover label's <extra> stay.
function untag(text) {
  return text.replace(/<(?!\/?(br|extra)\b)[^>]*>/gi, '')
}

function recolour(figure) {
  return walk(figure, (text) => TWINS[text.toLowerCase()] || text.replace(BRAND_WASH, 'rgba(156,195,240,'))
}
