"""Names of browsers and devices, for templates."""

from django import template

from accounts.devices import browser_of

register = template.Library()
register.filter("browser", browser_of)
