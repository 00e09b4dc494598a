/* In the preview only: a page is loaded anew when the site was built again; when that went wrong, it says so. */
const own = new URL(import.meta.url), at = new URL('changes', own), bar = document.createElement('p');
let source;

bar.setAttribute('role', 'status');
bar.hidden = true;
Object.assign(bar.style, {
  position: 'fixed', inset: 'auto 0 0 0', margin: 0, padding: '.75rem 1rem', zIndex: 99, maxWidth: 'none',
  background: '#7a1020', color: '#fff', font: '1rem/1.4 system-ui, sans-serif',
});
document.body.append(bar);

function told(event) {
  const { mark, trouble } = JSON.parse(event.data);
  if (mark !== own.search.slice(1) && !trouble) return location.reload(); // this page is of another build
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
