// The tree of teams: filters while one types. In the switcher of a results page the whole tree is fetched when
// the switcher is opened; until then, and if that fails, what stands there and the form work as they are.
const SHORT = 3 // letters: of fewer a word of the name must begin with them, as in pulse/dashboards/teams.py
const WAIT = 150 // ms: a reader of the screen hears one count, not one a letter

class Tree {
  constructor(list, search, count) {
    this.search = search
    this.count = count
    this.adopt(list)
    search.addEventListener('input', () => this.filter())
    search.form.addEventListener('keydown', (event) => this.leave(event))
  }

  adopt(list) {
    this.list = list
    list.addEventListener('keydown', (event) => this.move(event))
    this.open = new Set(list.querySelectorAll('details[open]'))
    this.names = new Map()
    for (const item of list.querySelectorAll('li')) this.names.set(item, ` ${item.dataset.team.toLowerCase()}`)
    if (this.search.value && this.search.value !== this.search.defaultValue) this.filter()
  }

  filter() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean)
      .map((word) => (word.length < SHORT ? ` ${word}` : word))
    const found = words.length ? this.narrow(words) : this.widen()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => { this.count.textContent = this.say(words, found) }, WAIT)
  }

  // A team that is found keeps what is inside it, closed, unless something there is found too.
  narrow(words) {
    const hits = new Set()
    const above = new Set()
    for (const [item, name] of this.names) {
      if (!words.every((word) => name.includes(word))) continue
      hits.add(item)
      let up = this.up(item)
      while (up && !above.has(up)) {
        above.add(up)
        up = this.up(up)
      }
    }
    const inside = new Set()
    for (const [item] of this.names) { // a parent comes before what is inside it
      const up = this.up(item)
      if ((hits.has(item) && !above.has(item)) || inside.has(up)) inside.add(item)
      item.hidden = !(above.has(item) || inside.has(item))
      const details = item.querySelector(':scope > details')
      if (details) details.open = above.has(item)
    }
    return hits.size
  }

  widen() {
    for (const item of this.names.keys()) {
      item.hidden = false
      const details = item.querySelector(':scope > details')
      if (details) details.open = this.open.has(details)
    }
    return this.names.size
  }

  up(item) {
    return item.parentElement.closest('li')
  }

  say(words, found) {
    if (!words.length) return ''
    const told = this.count.dataset // in the language of the page
    if (!found) return told.none.replace('{a}', () => this.search.value.trim())
    return found === 1 ? told.one : told.many.replace('{a}', found.toLocaleString('en-GB'))
  }

  // Down from the field goes to the first team, and the arrows go from team to team.
  leave(event) {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    this.links()[0]?.focus()
  }

  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const details = event.target.closest('li')?.querySelector(':scope > details')
    if (step) {
      const links = this.links()
      const at = links.indexOf(event.target.closest('li').querySelector('a'))
      ;(links[at + step] || (step < 0 ? this.search : links[at]))?.focus()
    } else if (details && ['ArrowRight', 'ArrowLeft'].includes(event.key)) {
      details.open = event.key === 'ArrowRight'
    } else return
    event.preventDefault()
  }

  links() {
    return [...this.list.querySelectorAll('a')].filter((link) => link.checkVisibility())
  }
}

async function fetchWhole(url, tree) {
  const answer = await fetch(url, { headers: { Accept: 'text/html' } })
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const whole = page.querySelector('.teams-page > .teams')
  if (!whole) return
  const focused = tree.list.contains(document.activeElement) ? document.activeElement.href : ''
  tree.list.replaceWith(whole)
  tree.adopt(whole)
  if (focused) tree.links().find((link) => link.href === focused)?.focus()
}

function start(box) {
  const list = box.querySelector('.teams')
  return new Tree(list, box.querySelector('input[type=search]'), box.querySelector('.teams-count'))
}

// Escape closes the switcher that one is in, as it does a menu.
function behave(switcher) {
  switcher.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !switcher.open) return
    switcher.open = false
    switcher.querySelector('summary').focus()
  })
}

export function searchTeams() {
  for (const page of document.querySelectorAll('.teams-page')) {
    const tree = start(page)
    // what was found without a script is not all there is to find
    if (page.dataset.teams) {
      const whole = () => fetchWhole(page.dataset.teams, tree).catch(() => {})
      page.querySelector('input[type=search]').addEventListener('input', whole, { once: true })
    }
  }
  for (const switcher of document.querySelectorAll('details.switch')) {
    behave(switcher)
    if (!switcher.dataset.teams) continue
    const tree = start(switcher)
    const whole = () => {
      if (switcher.open) fetchWhole(switcher.dataset.teams, tree).catch(() => {})
    }
    switcher.addEventListener('toggle', whole, { once: true })
  }
}
