// A device that many people answer on forgets each of them: nobody has touched it for a minute, or somebody
// says so, and it begins again. Nothing is kept in browser storage.

const home = document.body.dataset.kiosk
const kind = document.body.dataset.kioskPage
// Seconds without a touch until it asks, and until it begins again: a little under 60, for a slow machine.
const [ASK, END] = kind === 'thanks' ? [0, 14] : [39, 58]

const warning = document.querySelector('[data-kiosk-warning]')
const status = document.querySelector('[data-kiosk-status]')
let touched = Date.now()
let ending = false

function ask(words) {
  if (!warning.hidden) return
  warning.querySelector('[data-kiosk-words]').textContent = words
  warning.hidden = false
  status.textContent = `${words} Press any key to stay.`
}

// Any touch lets one go on, as often as one likes (WCAG 2.2.1). The warning goes when the finger is off it:
// sooner, and the touch would end on what lies below.
function touch(event) {
  touched = Date.now()
  if (kind === 'thanks' || event.type === 'pointerdown') return
  warning.hidden = true
  status.textContent = ''
}

function holds() {
  return [...document.querySelectorAll('main input:not([type=hidden]), main textarea')].some((field) =>
    /^(radio|checkbox)$/.test(field.type) ? field.checked : field.value)
}

function end() {
  if (ending) return
  ending = true
  for (const form of document.forms) form.reset()
  document.querySelector('main').replaceChildren()
  location.replace(home)
}

function tick() {
  const idle = (Date.now() - touched) / 1000
  if (kind === 'code' && !holds() && !document.querySelector('.govuk-error-summary')) touched = Date.now()
  else if (idle >= END) end()
  else if (idle >= ASK) {
    ask(kind === 'thanks'
      ? 'This screen clears itself in 15 seconds.'
      : 'Are you still here? This screen clears itself in 20 seconds, and what has not been sent is gone.')
  }
}

function escape() {
  if (kind === 'code' && !holds()) return
  if (kind === 'thanks' || !holds() || !warning.hidden) end()
  else ask('Press Escape again to clear this screen. What has not been sent is gone then.')
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
// A page that the browser had put aside, with whatever was typed in it, is never shown again.
addEventListener('pageshow', (event) => { if (event.persisted) end() })
document.addEventListener('visibilitychange', tick)
setInterval(tick, 500)
tick()
