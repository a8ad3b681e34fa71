var ROOMS_URL = PLACE.rooms;

function access() {
  return Access.createService('rooms').setAuthorizationBaseUrl('https://id.example.com/authorize');
}
