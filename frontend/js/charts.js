// Draws each figure[data-chart] from its own JSON once the page can be read. The table beside every
// chart holds the same numbers: when Plotly cannot draw, the box goes and the table opens.
import { adapt } from './chart-layout.js'

const script = document.currentScript
const figures = [...document.querySelectorAll('figure[data-chart]')]
const dark = matchMedia('(prefers-color-scheme: dark)')
const drawn = new Map()
const started = new Set() // by coming into view, or by its turn: whichever is first
let printing = false
let plotly

const config = {
  displayModeBar: false,
  displaylogo: false,
  responsive: false,
  scrollZoom: false,
  doubleClick: false,
  showSendToCloud: false,
  staticPlot: false
}

// Under a strict policy Plotly may not make a style element: it adds its rules to this sheet instead.
function rules() {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    link.id = 'plotly.js-style-global'
    link.rel = 'stylesheet'
    link.href = script.dataset.rules
    link.onload = resolve
    link.onerror = reject
    document.head.append(link)
  })
}

function library() {
  return new Promise((resolve, reject) => {
    const tag = document.createElement('script')
    tag.src = script.dataset.plotly
    tag.onload = resolve
    tag.onerror = reject
    document.head.append(tag)
  })
}

function load() {
  plotly ??= rules().then(library)
  return plotly
}

async function source(figure) {
  if (figure.dataset.figure) return JSON.parse(figure.dataset.figure)
  const answer = await fetch(figure.dataset.src, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(`figure: ${answer.status}`)
  return answer.json()
}

async function draw(figure) {
  if (started.has(figure)) return
  started.add(figure)
  const box = figure.querySelector('.chart__box')
  try {
    const [json] = await Promise.all([source(figure), load()])
    drawn.set(figure, { box, json, width: 0 })
    await paint(drawn.get(figure))
    box.classList.add('chart__box--drawn')
    watcher.observe(box)
  } catch {
    figure.classList.add('chart--failed')
    const table = (figure.closest('.card') || figure).querySelector('details')
    if (table) table.open = true
  }
}

function paint(chart) {
  chart.width = chart.box.clientWidth
  const style = getComputedStyle(document.body)
  const size = { width: chart.width, height: parseFloat(getComputedStyle(chart.box).minHeight) || 0 }
  chart.height ??= size.height
  const { data, layout } = adapt(chart.json, {
    width: size.width,
    height: chart.height,
    family: style.fontFamily,
    dark: dark.matches && !printing
  })
  return window.Plotly.react(chart.box, data, layout, config)
}

// One redraw a frame however often the window changes size; a change of height alone needs none.
const watcher = new ResizeObserver((entries) => {
  requestAnimationFrame(() => {
    for (const { target } of entries) {
      const chart = drawn.get(target.closest('figure'))
      if (chart && Math.abs(chart.width - target.clientWidth) > 1) paint(chart)
    }
  })
})

const repaint = () => drawn.forEach(paint)
dark.addEventListener('change', repaint)
addEventListener('beforeprint', () => { printing = true; repaint() })
addEventListener('afterprint', () => { printing = false; repaint() })

const idle = window.requestIdleCallback || ((work) => setTimeout(work, 50))
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue
    seen.unobserve(entry.target)
    idle(() => draw(entry.target), { timeout: 500 })
  }
}, { rootMargin: '400px' })

async function drawRest() {
  for (const figure of figures) {
    seen.unobserve(figure)
    await draw(figure)
    await new Promise((resolve) => idle(resolve))
  }
}

for (const figure of figures) seen.observe(figure)
// The rest follow when nothing else is happening, so that printing finds every chart drawn.
if (figures.length) {
  addEventListener('load', () => idle(drawRest))
}
