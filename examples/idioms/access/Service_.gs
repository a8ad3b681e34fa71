var KEY_PREFIX_ = 'access.';

var Service_ = function (name) {
  this.name_ = name;
};

Service_.prototype.setAuthorizationBaseUrl = function (url) {
  this.url_ = url;
  return this;
};

Service_.prototype.hasAccess = function () {
  return PropertiesService.getUserProperties().getProperty(KEY_PREFIX_ + this.name_) !== null;
};

Service_.prototype.getAuthorizationUrl = function () {
  var state = ScriptApp.newStateToken().withMethod('authCallback').withArgument('service', this.name_).createToken();
  return this.url_ + '?redirect_uri=' + encodeURIComponent(getRedirectUri()) + '&state=' + encodeURIComponent(state);
};

Service_.prototype.handleCallback = function (request) {
  PropertiesService.getUserProperties().setProperty(KEY_PREFIX_ + this.name_, request.parameter.code);
};
