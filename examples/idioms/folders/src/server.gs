/** Pushed before all others: what stands at their top level needs it. */
const SERVER = { rooms: 'https://meet.example.com/v1/conferences' };
