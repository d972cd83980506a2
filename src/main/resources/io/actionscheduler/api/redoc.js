// ReDoc on the description of this very program; nothing comes from elsewhere.
Redoc.init(
  "openapi.json",
  { disableSearch: false, hideDownloadButton: false, theme: { typography: { fontFamily: "sans-serif", headings: { fontFamily: "sans-serif" } } } },
  document.getElementById("redoc"),
);
