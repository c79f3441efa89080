// A table wider than its box scrolls in it: the box then says so, takes the keyboard, and keeps the names of
// its rows in sight. One that fits is no stop on the way of the Tab key.
const wider = document.querySelector('[data-wider]')?.dataset.wider
let hints = 0

function mark(box) {
  const wide = box.scrollWidth > box.clientWidth + 1
  if (wide === box.classList.contains('table-box--wide')) return
  box.classList.toggle('table-box--wide', wide)
  if (wide) {
    box.tabIndex = 0
    const hint = document.createElement('p')
    hint.className = 'table-box__hint'
    hint.id = `table-hint-${++hints}`
    hint.textContent = wider || 'Wider than the screen: scroll it sideways.'
    box.before(hint)
    box.setAttribute('aria-describedby', hint.id)
  } else {
    settle(box)
  }
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
