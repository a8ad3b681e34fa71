function followEvents({ calendarId }) {
  const { items } = Calendar.Events.list(calendarId, { maxResults: 20 });
  for (const { summary, conferenceData } of items) {
    if (!conferenceData || !summary) continue;
    const payload = JSON.stringify({ title: summary });
    UrlFetchApp.fetch(`${ROOMS}/${conferenceData.conferenceId}`, {
      method: 'patch',
      contentType: 'application/json',
      payload,
    });
  }
}
