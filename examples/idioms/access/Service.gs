/** Makes a service; what is kept of it is the person's. */
function createService(name) {
  return new Service_(name);
}

/** Where a provider sends people back to. */
function getRedirectUri() {
  return 'https://script.google.com/macros/d/' + ScriptApp.getScriptId() + '/usercallback';
}
