"""The editor's desk, and the site on which readers search: one application on one folder."""
