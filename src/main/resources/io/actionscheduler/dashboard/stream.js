// Runs in a shared worker: one connection to the event stream, however many tabs show the page.
const ports = new Set();
let source = null;
let address = null;

function tell(message) {
  ports.forEach((port) => port.postMessage(message));
}

function open() {
  if (source || !address || ports.size === 0) return;
  source = new EventSource(address, { withCredentials: true });
  source.onopen = () => tell({ kind: 'open' });
  source.onerror = () => {
    tell({ kind: 'lost' });
    if (source && source.readyState === EventSource.CLOSED) { // refused: signed out, or full
      source = null;
      setTimeout(open, 15000);
    }
  };
  for (const type of ['run', 'edit', 'state', 'actions', 'change']) {
    source.addEventListener(type, (event) => tell({ kind: 'event', type, data: event.data }));
  }
}

function leave(port) {
  ports.delete(port);
  if (ports.size === 0 && source) {
    source.close();
    source = null;
  }
}

onconnect = (event) => {
  const port = event.ports[0];
  port.onmessage = ({ data }) => {
    if (data.kind === 'follow') {
      address = data.address;
      ports.add(port);
      if (source && source.readyState === 1) port.postMessage({ kind: 'open' });
      open();
    } else if (data.kind === 'leave') {
      leave(port);
    }
  };
  port.start();
};
