// The studio: remarks on the wording of a question while one types. The server has the rules; if it cannot be
// reached, what stands there stays, and the remarks come when the form is sent. A reason to keep the wording is
// asked for only while there is a remark.
const WAIT = 500 // ms after the last key

export function watchWording() {
  const place = document.querySelector('[data-wording]')
  if (!place) return
  const form = place.closest('form')
  const keep = document.getElementById('keep-wording')
  let timer
  let asked = 0
  const ask = async () => {
    const mine = ++asked
    try {
      const body = new URLSearchParams(new FormData(form))
      const answer = await fetch(place.dataset.wording, { method: 'POST', body, credentials: 'same-origin' })
      if (!answer.ok || mine !== asked) return
      place.innerHTML = await answer.text()
      keep.hidden = !place.querySelector('[data-may-keep]')
    } catch {
      // away: nothing to tell
    }
  }
  form.addEventListener('input', (event) => {
    if (!['text', 'scale', 'audience', 'na'].includes(event.target.name)) return
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT)
  })
}
