/* In the preview only: a page is loaded anew when the site was built again; when that went wrong, it says so. */
const at = new URL('changes', import.meta.url), bar = document.createElement('p');
let seen, source;

bar.setAttribute('role', 'status');
bar.hidden = true;
Object.assign(bar.style, {
  position: 'fixed', inset: 'auto 0 0 0', margin: 0, padding: '.75rem 1rem', zIndex: 99, maxWidth: 'none',
  background: '#7a1020', color: '#fff', font: '1rem/1.4 system-ui, sans-serif',
});
document.body.append(bar);

function told(event) {
  const { start, number, trouble } = JSON.parse(event.data), mark = `${start} ${number}`;
  if (seen && seen !== mark && !trouble) return location.reload();
  seen = mark;
  bar.textContent = trouble;
  bar.hidden = !trouble;
}

/** Only what can be seen listens: a browser opens few connections to one address. */
function listen() {
  source?.close();
  source = document.hidden ? null : new EventSource(at);
  source?.addEventListener('message', told);
}

document.addEventListener('visibilitychange', listen);
listen();
