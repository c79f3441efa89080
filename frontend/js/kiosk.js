// A device that many people answer on forgets each of them: nobody has touched it for a minute, or somebody
// says so, and it begins again. Nothing is kept in browser storage.

const home = document.body.dataset.kiosk
const kind = document.body.dataset.kioskPage
// Seconds without a touch until it asks, and until it begins again: a little under 60, for a slow machine.
const [ASK, END] = kind === 'thanks' ? [0, 14] : [39, 58]

const warning = document.querySelector('[data-kiosk-warning]')
const status = document.querySelector('[data-kiosk-status]')
let seen = clocks()
let idle = 0
let ending = false

// Two clocks: one can be set, the other may stand still while a tablet sleeps.
function clocks() {
  return [Date.now(), performance.now()]
}

// Seconds since the last touch by whichever clock went further, either way: sooner rather than later.
function count() {
  const now = clocks()
  idle += Math.max(...now.map((time, i) => Math.abs(time - seen[i]))) / 1000
  seen = now
}

function ask(words) {
  if (!warning.hidden) return
  warning.querySelector('[data-kiosk-words]').textContent = words
  warning.hidden = false
  status.textContent = `${words} ${warning.dataset.stay}`
}

// Any touch lets one go on, as often as one likes (WCAG 2.2.1). The warning goes when the finger is off it:
// sooner, and the touch would end on what lies below. A touch that wakes a sleeping tablet comes too late.
function touch(event) {
  tick()
  if (ending) return
  idle = 0
  if (kind === 'thanks' || event.type === 'pointerdown') return
  warning.hidden = true
  status.textContent = ''
}

function holds() {
  return [...document.querySelectorAll('main input:not([type=hidden]), main textarea')].some((field) =>
    /^(radio|checkbox)$/.test(field.type) ? field.checked : field.value)
}

function empty() {
  document.querySelector('main').replaceChildren()
}

function end() {
  if (ending) return
  ending = true
  empty()
  location.replace(home)
}

function tick() {
  if (ending) return
  count()
  if (kind === 'code' && !holds() && !document.querySelector('.govuk-error-summary')) idle = 0
  else if (idle >= END) end()
  else if (idle >= ASK) {
    ask(kind === 'thanks' ? warning.dataset.clears : warning.dataset.asks)
  }
}

function escape() {
  if (kind === 'code' && !holds()) return
  if (kind === 'thanks' || !holds() || !warning.hidden) end()
  else ask(warning.dataset.again)
}

for (const name of ['pointerdown', 'click', 'input', 'wheel', 'touchmove']) {
  addEventListener(name, touch, { capture: true, passive: true })
}
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') escape()
  else touch(event)
}, true)
document.querySelector('[data-kiosk-finish]')?.addEventListener('click', (event) => {
  event.preventDefault()
  end()
})
// What was typed goes with its page, and a page that the browser had put aside is not shown again.
addEventListener('pagehide', empty)
addEventListener('pageshow', (event) => { if (event.persisted) end() })
document.addEventListener('visibilitychange', tick)
setInterval(tick, 500)
tick()
