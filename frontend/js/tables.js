// A table wider than its box scrolls in it: the box then says so, takes the keyboard, and keeps the names of
// its rows in sight. One that fits is no stop on the way of the Tab key.
const wider = document.querySelector('[data-wider]')?.dataset.wider
let hints = 0

const isWide = (box) => box.scrollWidth > box.clientWidth + 1

// What is measured is the table as it would be: a box whose narrower names make it fit keeps them, and would
// else be marked and cleared without end.
function mark(box) {
  box.classList.remove('table-box--wide')
  box.classList.toggle('table-box--wide', isWide(box))
  const wide = isWide(box)
  if (wide === box.hasAttribute('aria-describedby')) return
  if (wide) tell(box)
  else settle(box)
}

function tell(box) {
  box.tabIndex = 0
  const hint = document.createElement('p')
  hint.className = 'table-box__hint'
  hint.id = `table-hint-${++hints}`
  hint.textContent = wider || 'Wider than the screen: scroll it sideways.'
  box.before(hint)
  box.setAttribute('aria-describedby', hint.id)
}

function settle(box) {
  box.removeAttribute('tabindex')
  box.removeAttribute('aria-describedby')
  if (box.previousElementSibling?.matches('.table-box__hint')) box.previousElementSibling.remove()
}

export function watchTables() {
  const watcher = new ResizeObserver((entries) => {
    requestAnimationFrame(() => { for (const { target } of entries) mark(target.closest('.table-box')) })
  })
  for (const box of document.querySelectorAll('.table-box')) {
    settle(box)
    watcher.observe(box)
    const table = box.querySelector('table') // its width may change where the box's does not
    if (table) watcher.observe(table)
  }
}
