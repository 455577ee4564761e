"""One folder for each widget: its Python, HTML, JavaScript and CSS; it knows no page or address."""
