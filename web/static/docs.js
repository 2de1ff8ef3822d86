"use strict";

// The page allows no inline script, so Swagger UI is started from here.
const place = document.getElementById("interface");

SwaggerUIBundle({
  domNode: place,
  url: place.dataset.description,
  docExpansion: "list",
  persistAuthorization: false,
  validatorUrl: null,
});
