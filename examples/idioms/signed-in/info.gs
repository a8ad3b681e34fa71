/** Settings.gs reads this while it is evaluated: clasp pushes "info" before "Settings". */
var PLACE = { rooms: 'https://meet.example.com/v1/conferences' };
