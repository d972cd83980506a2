// Runs in a shared worker: one connection to the event stream, however many tabs show the page. It asks for runs only
// while a tab shows an action, and passes on only those of that action: a busy scheduler has a thousand of them a second.
const ports = new Map(); // with the actions whose runs each wants
let source = null;
let address = null;
let types = '';
let last = '';

function tell(message) {
  ports.forEach((_, port) => port.postMessage(message));
}

function close() {
  if (source) source.close();
  source = null;
}

function runIs(text, id) {
  return text.includes('"job_id":' + JSON.stringify(/^-?\d+$/.test(id) ? Number(id) : id) + ',');
}

/** Opens the connection, or another one where tabs want to hear of something else now: it continues behind the last event. */
function open() {
  if (!address || ports.size === 0) return close();
  const wanted = 'actions,edit,state' + ([...ports.values()].some((ids) => ids.length) ? ',run' : '');
  if (source && wanted === types) return undefined;
  close();
  types = wanted;
  source = new EventSource(address + '?types=' + types + (last ? '&last_event_id=' + last : ''), { withCredentials: true });
  const mine = source;
  source.onerror = () => {
    if (source === mine && mine.readyState === EventSource.CLOSED) { // refused: signed out, or full
      source = null;
      setTimeout(open, 15000);
    }
  };
  for (const type of ['edit', 'state', 'actions', 'missed']) {
    source.addEventListener(type, (event) => { last = event.lastEventId || last; tell({ type, data: event.data }); });
  }
  source.addEventListener('run', (event) => {
    last = event.lastEventId || last;
    ports.forEach((ids, port) => { if (ids.some((id) => runIs(event.data, id))) port.postMessage({ type: 'run', data: event.data }); });
  });
  return undefined;
}

onconnect = (event) => {
  const port = event.ports[0];
  port.onmessage = ({ data }) => {
    if (data.kind === 'follow') {
      address = data.address;
      ports.set(port, data.runs);
    } else if (data.kind === 'leave') {
      ports.delete(port);
    }
    open();
  };
  port.start();
};
