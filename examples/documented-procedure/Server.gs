/** The conference server: https://meet.example.com/openapi.json describes it. */

const SERVER_URL = 'https://meet.example.com/v1/conferences';

/** The new room, or null if the server made none. */
function askForRoom(event) {
  try {
    return JSON.parse(send('post', SERVER_URL, roomOf(event)));
  } catch (thrown) {
    console.error(thrown);
    return null;
  }
}

function updateRoom(roomId, event) {
  send('patch', `${SERVER_URL}/${roomId}`, roomOf(event));
}

function closeRoom(roomId) {
  send('delete', `${SERVER_URL}/${roomId}`);
}

/** UrlFetchApp throws for every answer of 400 and above, as nothing here asks it not to. */
function send(method, url, body) {
  const payload = body ? { contentType: 'application/json', payload: JSON.stringify(body) } : {};
  return UrlFetchApp.fetch(url, { method, ...payload }).getContentText();
}

function roomOf(event) {
  const room = { title: event.summary || 'Untitled' };
  if (event.start) Object.assign(room, { start: momentOf(event.start), end: momentOf(event.end) });
  return room;
}

function momentOf(time) {
  if (time.date) return { date: time.date };
  return time.timeZone ? { dateTime: time.dateTime, timeZone: time.timeZone } : { dateTime: time.dateTime };
}
