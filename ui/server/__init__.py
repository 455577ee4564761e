"""What the web server does besides serving pages: cookies, errors, metrics. No page imports it."""
